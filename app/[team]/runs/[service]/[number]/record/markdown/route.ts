import { isMember } from '#lib/access/actor.ts'
import { mintActor } from '#lib/auth/mint.ts'
import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { getRecordMarkdown } from '#lib/runs/read/record.ts'
import { parseCount } from '#lib/shared/count.ts'

export const access = 'session'

/** The checklist of a run as Markdown, ticked and signed, for the repository that it came from. */
export const GET = route<{ team: string; service: string; number: string }>(
  'session',
  async ({ principal }, { team, service, number: text }) => {
    const actor = await mintActor({ principal, team })
    if (actor === 'not_signed_in') return problem({ code: 'not_signed_in', message: 'Sign in first.' })
    const number = parseCount(text)
    const markdown =
      typeof actor !== 'string' && isMember(actor) && number !== null
        ? await getRecordMarkdown(actor, { service, number })
        : null
    if (markdown === null)
      return problem({ code: 'not_found', message: 'There is no such run, or it is not yours to see.' })
    return new Response(markdown, {
      headers: {
        'content-type': 'text/markdown; charset=utf-8',
        'content-disposition': `attachment; filename="${service}-${number}.md"`,
        'cache-control': 'no-store',
      },
    })
  },
)
