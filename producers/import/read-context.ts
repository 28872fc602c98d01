import type { Zone } from '../../kpi/zone.ts'
import type { Profile } from '../../schemas/profile.ts'
import type { Pseudonyms } from './pseudonym.ts'
import type { FileReading } from './source-file.ts'

/** What all files of an import share. */
export interface ReadContext {
  zone: Zone
  profile: Profile
  /** Null where the map has no salt, and so asks for no pseudonyms. */
  pseudonyms: Pseudonyms | null
  onBytes: (count: number) => void
  onFile: (reading: FileReading) => void
}
