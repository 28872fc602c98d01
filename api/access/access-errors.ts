/** 401: no key that is valid was shown. Asking again without another one is of no use. */
export class KeyNeededError extends Error {
  override readonly name = 'KeyNeededError'
  readonly statusCode = 401
  readonly code: 'STEADYLINE_KEY_NEEDED' | 'STEADYLINE_KEY_UNKNOWN'

  constructor(wasShown: boolean) {
    super(
      wasShown
        ? 'The API key is not valid: it was mistyped, removed or replaced. Ask the operator for another'
        : 'An API key is needed: Authorization: Bearer slk_…, or a session by POST /v1/session',
    )
    this.code = wasShown ? 'STEADYLINE_KEY_UNKNOWN' : 'STEADYLINE_KEY_NEEDED'
  }
}

/** 403: the key is valid and its role may not ask this. */
export class RoleMissingError extends Error {
  override readonly name = 'RoleMissingError'
  readonly statusCode = 403
  readonly code = 'STEADYLINE_ROLE_MISSING'

  constructor(role: string, neededRoles: string) {
    super(`The role of this key is ${role}, expected one of ${neededRoles}`)
  }
}
