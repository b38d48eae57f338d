import http from 'node:http'
import { POST } from '#app/api/v1/heartbeats/[name]/route.ts'
import { PUT } from '#app/api/v1/reports/route.ts'

export type PushServer = {
  url: string /** Answers 503 so many times first. */
  sick: number
  close: () => void
}

/** The routes of pushing behind a real socket, as commands and curl reach them. */
export async function pushServer(): Promise<PushServer> {
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    if (own.sick-- > 0) {
      response.writeHead(503).end()
      return
    }
    const headers = Object.entries(request.headers).map(
      ([name, value]) => [name, String(value)] as [string, string],
    )
    const { method = 'GET' } = request
    const asked = new Request(`${own.url}${request.url}`, { method, headers, body: Buffer.concat(chunks) })
    const name = /heartbeats\/([^?]+)/.exec(request.url ?? '')?.[1]
    const answer =
      name === undefined
        ? await PUT(asked, { params: Promise.resolve({}) })
        : await POST(asked, { params: Promise.resolve({ name }) })
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
  })
  const own: PushServer = {
    url: '',
    sick: 0,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const address = server.address()
  own.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  return own
}
