import type { Settings } from '../settings.ts'
import { HttpSchemaRegistry } from './http-schema-registry.ts'
import type { SchemaRegistry } from './schema-registry.ts'

/** The registry that is set; null where ids are those of schemas/ids.json. */
export function registryOf({ SCHEMA_REGISTRY_URL: url }: Pick<Settings, 'SCHEMA_REGISTRY_URL'>): SchemaRegistry | null {
  return url === undefined ? null : new HttpSchemaRegistry(url)
}
