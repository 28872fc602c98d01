/** The profile by which everything is counted here. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_ROOT } from '../cli/project-root.ts'
import { parseProfile } from '../schemas/profile.ts'

export const PROFILE_FILE = join(PROJECT_ROOT, 'profiles/panjin-2023.yaml')
export const PROFILE = parseProfile(PROFILE_FILE, readFileSync(PROFILE_FILE, 'utf8'))
