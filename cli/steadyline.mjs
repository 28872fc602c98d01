#!/usr/bin/env node
// The one command. Its parts are TypeScript and run as they stand: there is no build that could be out of date.
import { register } from 'tsx/esm/api'

register()
await import('./main.ts')
