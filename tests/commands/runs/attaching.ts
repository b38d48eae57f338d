import { GET } from '#app/api/runs/[run]/files/[file]/route.ts'
import { POST } from '#app/api/runs/[run]/items/[key]/files/route.ts'
import type { Person } from '#tests/commands/teams/people.ts'
import { sessionCookie } from '#tests/support/people-at.ts'
import { itemOf, type OpenedScene } from './fixture.ts'

type Answer = { status: number; body: { code?: string; title?: string; value?: { attachmentId: string } } }
type Sent = { name?: string; body?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> }

export async function send(
  scene: OpenedScene,
  who: Person,
  { name = 'proof.txt', body = 'seen', headers = {} }: Sent = {},
) {
  const { key } = await itemOf(scene, scene.ana, 'Tests pass')
  const asked = new URLSearchParams({ name, note: 'what CI said' })
  const request = new Request(`http://localhost:3000/api/runs/${scene.runId}/items/${key}/files?${asked}`, {
    method: 'POST',
    headers: { cookie: await sessionCookie(who), 'sec-fetch-site': 'same-origin', ...headers },
    body,
  })
  const answer = await POST(request, { params: Promise.resolve({ run: scene.runId, key }) })
  return { status: answer.status, body: await answer.json() } as Answer
}

export async function download(scene: OpenedScene, who: Person, id: string): Promise<Response> {
  const request = new Request(`http://localhost:3000/api/runs/${scene.runId}/files/${id}`, {
    headers: { cookie: await sessionCookie(who) },
  })
  return GET(request, { params: Promise.resolve({ run: scene.runId, file: id }) })
}
