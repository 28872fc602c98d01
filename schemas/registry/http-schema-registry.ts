/**
 * A schema registry by Confluent's HTTP protocol, which others speak too (Apicurio, Karapace, Redpanda).
 *
 * Five questions need no client library: docs/decisions/schema-registry-by-fetch.md.
 */
import type { AvroRecordSchema, RecordForm } from '../wire-format.ts'
import { RegistryAwayError, RegistryRefusedError, type SchemaRegistry } from './schema-registry.ts'

const CONTENT_TYPE = 'application/vnd.schemaregistry.v1+json'
/** A processor that waits for an answer must still tell its group that it is alive. */
const ANSWER_MS_MAX = 3_000
/** Of a subject, a version, a schema. A 404 without one of these is not the answer of a registry. */
const NOT_FOUND_CODES = new Set([40401, 40402, 40403])

interface Registered {
  id: number
  schema: string
  /** Absent for Avro. */
  schemaType?: string
}

export class HttpSchemaRegistry implements SchemaRegistry {
  readonly address: string
  readonly #base: string
  readonly #authorization: string | null

  /** @param url  may hold a user and a password, which are sent as basic authorization and never shown */
  constructor(url: string) {
    const { origin, pathname, username, password } = new URL(url)
    this.address = origin
    this.#base = origin + pathname.replace(/\/+$/, '')
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
    this.#authorization = username === '' ? null : `Basic ${Buffer.from(credentials).toString('base64')}`
  }

  async schemaOf(id: number): Promise<AvroRecordSchema | null> {
    const found = await this.#ask<Omit<Registered, 'id'>>('GET', `/schemas/ids/${id}`)
    return found === null ? null : recordSchemaOf(found)
  }

  async formsOf(subject: string): Promise<RecordForm[]> {
    const versions = (await this.#ask<number[]>('GET', `${pathOf(subject)}/versions`)) ?? []
    const forms: RecordForm[] = []
    for (const version of versions) {
      const found = await this.#ask<Registered>('GET', `${pathOf(subject)}/versions/${version}`)
      const schema = found === null ? null : recordSchemaOf(found)
      if (schema !== null) forms.push({ id: found!.id, schema })
    }
    return forms
  }

  async idOf(subject: string, schema: AvroRecordSchema): Promise<number | null> {
    const found = await this.#ask<Registered>('POST', pathOf(subject), schema)
    return found?.id ?? null
  }

  async incompatibilities(subject: string, schema: AvroRecordSchema): Promise<string[]> {
    const path = `/compatibility${pathOf(subject)}/versions/latest?verbose=true`
    const found = await this.#ask<{ is_compatible: boolean; messages?: string[]; reason?: string }>(
      'POST',
      path,
      schema,
    )
    if (found === null || found.is_compatible) return [] // the first of its subject is compatible with nothing
    return found.messages?.length ? found.messages : [found.reason ?? 'it does not say why']
  }

  async register(subject: string, schema: AvroRecordSchema): Promise<number> {
    const found = await this.#ask<Registered>('POST', `${pathOf(subject)}/versions`, schema)
    if (found === null) throw new RegistryRefusedError(this.address, `it does not take schemas into ${subject}`)
    return found.id
  }

  /** @returns null where the registry says that what is asked for is not there */
  async #ask<Answer>(method: 'GET' | 'POST', path: string, schema?: AvroRecordSchema): Promise<Answer | null> {
    const response = await fetch(this.#base + path, {
      method,
      headers: {
        accept: `${CONTENT_TYPE}, application/json`,
        ...(schema === undefined ? {} : { 'content-type': CONTENT_TYPE }),
        ...(this.#authorization === null ? {} : { authorization: this.#authorization }),
      },
      ...(schema === undefined ? {} : { body: JSON.stringify({ schema: JSON.stringify(schema) }) }),
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    }).catch((error: Error) => {
      const { code } = (error.cause ?? {}) as { code?: string }
      throw new RegistryAwayError(this.address, code ?? error.message)
    })
    const body = (await response.json().catch(() => null)) as
      | (Answer & { error_code?: number; message?: string })
      | null
    if (response.ok && body !== null) return body
    if (response.status === 404 && NOT_FOUND_CODES.has(body?.error_code ?? 0)) return null
    const why = `${response.status} ${body?.message ?? response.statusText}`.trim().slice(0, 300)
    if (response.status === 401 || response.status === 403)
      throw new RegistryRefusedError(this.address, `${why}. Put user and password into SCHEMA_REGISTRY_URL`)
    if (response.status === 409 || response.status === 422) throw new RegistryRefusedError(this.address, why)
    if (response.status === 404 || response.ok)
      throw new RegistryRefusedError(this.address, `${why}, expected the answer of a registry. Check its path, too`)
    throw new RegistryAwayError(this.address, why)
  }
}

function pathOf(subject: string): string {
  return `/subjects/${encodeURIComponent(subject)}`
}

function recordSchemaOf({ schema: text, schemaType = 'AVRO' }: Omit<Registered, 'id'>): AvroRecordSchema | null {
  if (schemaType !== 'AVRO') return null
  const schema = JSON.parse(text) as AvroRecordSchema | string
  return typeof schema === 'object' && schema.type === 'record' ? schema : null
}
