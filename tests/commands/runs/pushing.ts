import { randomBytes } from 'node:crypto'
import { PUT } from '#app/api/v1/reports/route.ts'
import type { PipelineScope } from '#lib/access/actor.ts'
import { makeGateToken } from '#lib/services/commands/make-gate-token.ts'
import { act, done } from '#tests/commands/teams/people.ts'
import type { Scene } from './fixture.ts'

export const FULL = '8f3c2d1a5b6c7d8e9f0a1b2c3d4e5f6a7b8c9d0e'
export const CHECKLIST = `# Reports

- [ ] Unit tests pass <!-- probe: report tests "unit" expect failed == 0, tests >= 2 -->
- [ ] All tests pass <!-- probe: report tests expect failed == 0 -->
- [ ] Nothing critical <!-- probe: report findings expect critical == 0 -->

## Sign-off

| Role | Name | Date | Signature |
| --- | --- | --- | --- |
| Developer | | | |
`

export function junit({ failed = 0, seed = '' } = {}): string {
  const fail = '<failure message="boom">at line 1</failure>'
  return `<?xml version="1.0"?><testsuites><testsuite name="s${seed}" tests="2" failures="${failed}">
    <testcase classname="a" name="one"/><testcase classname="a" name="two">${failed ? fail : ''}</testcase></testsuite></testsuites>`
}

type Answer = {
  status: number
  retryAfter: string | null
  body: {
    code?: string
    title?: string
    created?: boolean
    reportId?: string
    replaces?: string | null
    items?: string[]
    waiting?: (string | null)[]
    errors?: Record<string, string>
    detail?: Record<string, unknown>
    kept?: boolean
    message?: string
    until?: string
    run?: number | null
    runCommit?: string | null
  }
}

export async function tokenOf(
  { team, service }: Pick<Scene, 'team' | 'service'>,
  more: { environment?: string; run?: number; scopes?: PipelineScope[] } = {},
): Promise<{ token: string; tokenId: string }> {
  const input = {
    team: team.slug,
    service,
    environment: null,
    scopes: ['evidence'],
    days: 30,
    ...more,
  } as const
  const named = { ...input, scopes: [...input.scopes], name: `CI ${randomBytes(4).toString('hex')}` }
  return done(act(makeGateToken, team.owner.principal, named))
}

export async function push(
  token: string,
  {
    body = junit(),
    query = {},
    headers = {},
    call = PUT,
  }: {
    body?: string | Uint8Array<ArrayBuffer>
    query?: Record<string, string>
    headers?: Record<string, string>
    call?: typeof PUT
  } = {},
): Promise<Answer> {
  const asked = new URLSearchParams({ service: 'web', environment: 'production', commit: FULL, ...query })
  const request = new Request(`http://localhost/api/v1/reports?${asked}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, ...headers },
    body,
  })
  const answer = await call(request, { params: Promise.resolve({}) })
  return {
    status: answer.status,
    retryAfter: answer.headers.get('retry-after'),
    body: await answer.json(),
  }
}
