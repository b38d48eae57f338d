import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'

export type Start = {
  child: ChildProcess
  output: () => string
  /** Resolves once the output matches; rejects when the process ends first. */
  said: (pattern: RegExp) => Promise<void>
  /** Resolves to the exit code. */
  ended: Promise<number | null>
}

/** Runs what `npm start` runs (`--dev`: what `npm run dev` runs), with a clean environment and `env`. */
export function startCommand(env: Record<string, string>, words: '--dev'[] = []): Start {
  const clean = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '/tmp',
    NODE_ENV: 'production' as const,
  }
  const child = spawn(process.execPath, [path.resolve('lib/cli/start.mjs'), ...words], {
    env: { ...clean, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const said = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(text)) resolve()
      }
      child.stdout.on('data', look)
      child.stderr.on('data', look)
      ended.then(() => reject(new Error(`ended before saying ${pattern}:\n${text}`)))
      look()
    })
  const keep = (chunk: Buffer): void => {
    text += chunk
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  return { child, output: () => text, said, ended }
}
