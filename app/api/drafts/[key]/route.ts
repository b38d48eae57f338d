import { readJson } from '#lib/door/body.ts'
import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { DRAFT_BYTES, deleteDraft, readDraft, writeDraft } from '#lib/server/drafts.ts'
import { draftOwner } from './draft-owner.ts'

export const access = 'session'

type Params = { key: string }
const NO_STORE = { headers: { 'cache-control': 'no-store' } }

/** `{draft: {value, updatedAt} | null}` */
export const GET = route<Params>(access, async ({ principal }, { key }) => {
  const owner = await draftOwner({ principal, key })
  return owner.ok ? Response.json({ draft: await readDraft(owner.value) }, NO_STORE) : problem(owner.refusal)
})

/** The body is the draft's JSON value. */
export const PUT = route<Params>(access, async ({ request, principal }, { key }) => {
  const owner = await draftOwner({ principal, key })
  if (!owner.ok) return problem(owner.refusal)
  const json = await readJson({ request, limit: DRAFT_BYTES })
  if (!json.ok) return problem(json.refusal)
  const written = await writeDraft({ ...owner.value, value: json.value })
  return written.ok ? new Response(null, { status: 204 }) : problem(written.refusal)
})

export const DELETE = route<Params>(access, async ({ principal }, { key }) => {
  const owner = await draftOwner({ principal, key })
  if (!owner.ok) return problem(owner.refusal)
  await deleteDraft(owner.value)
  return new Response(null, { status: 204 })
})
