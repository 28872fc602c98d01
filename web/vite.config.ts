import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import preact from '@preact/preset-vite'
import { defineConfig, type Plugin } from 'vite'

const WEB_FOLDER = fileURLToPath(new URL('.', import.meta.url))
/** Shorter files gain nothing. */
const COMPRESSED_FROM_BYTES = 1024

/** Compresses once what is served a thousand times. */
function compressed(): Plugin {
  let folder = ''
  return {
    name: 'compressed',
    apply: 'build',
    configResolved: ({ build }) => {
      folder = join(build.outDir, 'assets')
    },
    closeBundle() {
      for (const name of readdirSync(folder)) {
        const bytes = readFileSync(join(folder, name))
        if (bytes.length < COMPRESSED_FROM_BYTES) continue
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes))
        writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }))
      }
    },
  }
}

export default defineConfig({
  root: WEB_FOLDER,
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false }), compressed()],
  build: { outDir: join(WEB_FOLDER, 'dist'), emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false } },
  server: { proxy: { '/v1': process.env.STEADYLINE_API ?? 'http://127.0.0.1:8080' } },
})
