/** How the store's process tells its parent why it did not start. */
export const EXIT_CODE = { notOpened: 64, portInUse: 65 } as const
