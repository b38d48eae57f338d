import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import path from 'node:path'
import { encode } from 'next-auth/jwt'

const agent = new Agent({ keepAlive: true, maxSockets: 512 })

/** What startServer gives every replica. */
const SECRET = 'only-for-tests-only-for-tests-only-for-tests'

export type Answered = { status: number; text: string }

/** The cookie header of a session whose id is `sid`, as next-auth would have set it. */
export async function cookieOf(sid: string): Promise<string> {
  return `countersign.session=${await encode({ token: { sid }, secret: SECRET })}`
}

/** The build's name of a server action, by the name that its module exports. */
export function actionId(exportedName: string): string {
  const folder = process.env.NEXT_DIST_DIR ?? '.next'
  const file = path.resolve(folder, 'server/server-reference-manifest.json')
  const { node }: { node: Record<string, { exportedName?: string }> } = JSON.parse(readFileSync(file, 'utf8'))
  const found = Object.entries(node).find(([, entry]) => entry.exportedName === exportedName)
  if (!found) throw new Error(`the build has no server action ${exportedName}`)
  return found[0]
}

/** One request over a kept connection; rejects when the connection breaks. Far lighter than fetch, which matters beside the server. */
export function send(
  url: string,
  { method = 'GET', cookie, body, headers = {} }: Sending = {},
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        agent,
        method,
        headers: {
          ...(cookie ? { cookie } : {}),
          ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
          ...headers,
        },
      },
      (answer) => {
        const pieces: Buffer[] = []
        answer.on('data', (piece: Buffer) => pieces.push(piece))
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(pieces).toString() }),
        )
        answer.on('error', reject)
        answer.on('aborted', () => reject(new Error('the answer was cut off')))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

type Sending = { method?: string; cookie?: string; body?: string; headers?: Record<string, string> }

/**
 * Calls a server action as a browser does (Next's `Next-Action` header, the arguments as text, the answer as a flight
 * stream) and gives what it returned. `page`: the path of a page that carries the action.
 */
export async function callAction<Answer>({
  url,
  page,
  action,
  cookie,
  words,
}: {
  url: string
  page: string
  action: string
  cookie: string
  words: unknown[]
}): Promise<Answer> {
  const { status, text } = await send(`${url}${page}`, {
    method: 'POST',
    cookie,
    body: JSON.stringify(words),
    headers: {
      accept: 'text/x-component',
      'content-type': 'text/plain;charset=UTF-8',
      'next-action': action,
      origin: url,
      'sec-fetch-site': 'same-origin',
    },
  })
  const line = /^1:(\{.*)$/m.exec(text)?.[1]
  if (status !== 200 || !line) throw new Error(`the action answered ${status}: ${text.slice(0, 200)}`)
  return JSON.parse(line)
}
