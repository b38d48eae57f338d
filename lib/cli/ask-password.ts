import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

/**
 * Asks for a password on the terminal without showing what is typed. Resolves to the line; rejects when there is no
 * terminal to ask on, or when the person gives up (Ctrl-C, Ctrl-D).
 */
export function askPassword(question: string): Promise<string> {
  if (!process.stdin.isTTY) {
    return Promise.reject(
      new Error('There is no terminal to ask for the password: set COUNTERSIGN_PASSWORD.'),
    )
  }
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  process.stderr.write(question)
  return new Promise((resolve, reject) => {
    let answered = false
    lines.question('', (line) => {
      answered = true
      lines.close()
      resolve(line)
    })
    lines.on('close', () => {
      process.stderr.write('\n')
      if (!answered) reject(new Error('No password was given; nothing was sent.'))
    })
    lines.on('SIGINT', () => lines.close())
  })
}
