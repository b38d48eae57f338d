import { isMember } from '#lib/access/actor.ts'
import { mintActor } from '#lib/auth/mint.ts'
import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { parseCount } from '#lib/shared/count.ts'
import { getTemplateVersion } from '#lib/templates/read.ts'

export const access = 'session'

/** The Markdown of a version, byte for byte as it was published. */
export const GET = route<{ team: string; template: string; number: string }>(
  access,
  async ({ principal }, { team, template, number: text }) => {
    const actor = await mintActor({ principal, team })
    if (actor === 'not_signed_in') return problem({ code: 'not_signed_in', message: 'Sign in first.' })
    const number = parseCount(text)
    const version =
      typeof actor !== 'string' && isMember(actor) && number !== null
        ? await getTemplateVersion(actor, { slug: template, number })
        : null
    if (version === null)
      return problem({ code: 'not_found', message: 'There is no such version, or it is not yours to see.' })
    return new Response(version.source, {
      headers: {
        'content-type': 'text/markdown; charset=utf-8',
        'content-disposition': `attachment; filename="${version.slug}-v${number}.md"`,
        'cache-control': 'no-store',
      },
    })
  },
)
