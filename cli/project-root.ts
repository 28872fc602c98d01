import { fileURLToPath } from 'node:url'

/** Folder of the checkout, with a slash at its end: settings that name no folder are looked for here too. */
export const PROJECT_ROOT = fileURLToPath(new URL('../', import.meta.url))
