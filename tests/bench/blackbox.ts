import { readFileSync } from 'node:fs'
import net from 'node:net'

/** Seconds of processor time that a process has used (proc_pid_stat(5): fields 14 and 15, in hundredths). */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

export type Asker = { ask: (path: string) => Promise<string>; end: () => void }

/**
 * One kept connection that asks for paths in turn, as bare as can be: what the asking costs is not the probing's. Answers
 * with the whole text of a response whose body is chunked or has a length.
 */
export function asker(port: number): Asker {
  const socket = net.connect({ port, host: '127.0.0.1', noDelay: true })
  let text = ''
  let settle: { resolve: (text: string) => void; reject: (error: Error) => void } | null = null
  socket.setEncoding('latin1')
  socket.on('data', (chunk) => {
    text += chunk
    if (!isWhole(text)) return
    const whole = text
    text = ''
    settle?.resolve(whole)
  })
  socket.on('error', (error) => settle?.reject(error))
  socket.on('close', () => settle?.reject(new Error('the exporter hung up')))
  return {
    ask: (path) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject }
        socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: identity\r\n\r\n`)
      }),
    end: () => {
      socket.removeAllListeners('close').destroy()
    },
  }
}

function isWhole(text: string): boolean {
  const head = text.indexOf('\r\n\r\n')
  if (head === -1) return false
  const length = /^content-length: (\d+)\r$/im.exec(text.slice(0, head + 1))?.[1]
  if (length !== undefined) return text.length >= head + 4 + Number(length)
  return text.endsWith('0\r\n\r\n')
}
