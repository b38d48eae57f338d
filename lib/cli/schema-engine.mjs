import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { root } from './project.mjs'
import { SchemaAdapter } from './schema-adapter.mjs'

// The engine's ten-second lock timer outlives its work and would hold the process; it may fire, not keep us.
function patient(glue) {
  const timers = Object.keys(glue).filter((name) => name.startsWith('__wbg_setTimeout'))
  const unheld = (name) => (run, delay) => {
    const timer = glue[name](run, delay)
    timer?.unref?.()
    return timer
  }
  return { ...glue, ...Object.fromEntries(timers.map((name) => [name, unheld(name)])) }
}

let loading
/** The engine's glue, instantiated once: it caches views of one memory, a second instance would read the first's. */
function loadGlue() {
  loading ??= (async () => {
    const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    const glue = await import(pathToFileURL(file).href)
    const bytes = readFileSync(file.replace(/\.js$/, '.wasm'))
    const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': patient(glue) })
    glue.__wbg_set_wasm(instance.exports)
    let panic = ''
    const setMessage = (text) => {
      panic = text
    }
    // Without this registry a panic of the engine hides behind a TypeError of its glue.
    globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: setMessage, get: () => panic }
    instance.exports.__wbindgen_start()
    return glue
  })()
  return loading
}

/** The engine's errors carry a user-facing message; the rest is a stack of Rust. */
export function sentenceOfEngine(error) {
  const text = globalThis.PRISMA_WASM_PANIC_REGISTRY?.get() || (error?.message ?? String(error))
  return stripVTControlCharacters(text).trim()
}

/**
 * The SQL from the database at `url` to the schema `files` ([{path, content}]); with `fromEmpty` from nothing, though
 * the engine insists on a live database even then.
 */
export async function schemaDiff({ url, files, fromEmpty }) {
  const glue = await loadGlue()
  const { default: pg } = await import('pg')
  const { bindMigrationAwareSqlAdapterFactory } = await import('@prisma/driver-adapter-utils')
  const pool = new pg.Pool({ connectionString: url })
  try {
    const factory = bindMigrationAwareSqlAdapterFactory(new SchemaAdapter(pool))
    const datamodels = files.map((file) => [file.path, file.content])
    const engine = await glue.SchemaEngine.new({ datamodels }, () => undefined, factory)
    const result = await engine.diff({
      from: fromEmpty ? { tag: 'empty' } : { tag: 'schemaDatasource', files, configDir: root },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    })
    return result.stdout ?? ''
  } catch (error) {
    throw new Error(sentenceOfEngine(error))
  } finally {
    await pool.end()
  }
}
