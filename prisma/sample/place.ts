import { readFile } from 'node:fs/promises'
import type { Principal } from '#lib/auth/mint.ts'
import { changeEnvironment } from '#lib/services/commands/change-environment.ts'
import { createService } from '#lib/services/commands/create-service.ts'
import { publishTemplate } from '#lib/templates/commands.ts'
import type { TemplateModel } from '#lib/templates/model.ts'
import { parseTemplate } from '#lib/templates/parse.ts'
import { minutesAfter } from './calendar.ts'
import { carry } from './carry.ts'

export type Place = {
  team: string
  service: string
  template: string
  model: TemplateModel
  /** What probes of both environments are given. */
  variables: Record<string, string>
  allowed: string
}

const GALLERY = new URL('../../lib/templates/gallery/production-deployment.md', import.meta.url)

/** The service with both environments, which look at the sample target on `port` of this machine, and the checklist. */
export async function furnish({
  team,
  port,
  by,
  from,
}: {
  team: string
  port: number
  by: Principal
  from: Date
}): Promise<Place> {
  const allowed = `127.0.0.1:${port}`
  const base = `http://${allowed}`
  const variables = {
    ASSET_URL: `${base}/static/app.js`,
    BASE_URL: base,
    WEBSOCKET_URL: `ws://${allowed}/ws`,
  }
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}`)
  const { slug: service } = await carry(createService, {
    principal: by,
    input: { team, name: 'upstream-web' },
    at: from,
  })
  for (const [index, environment] of ['staging', 'production'].entries()) {
    await carry(changeEnvironment, {
      principal: by,
      input: { team, service, environment, variables: lines.join('\n'), allowList: allowed, version: 1 },
      at: minutesAfter(from, 6.4 + index * 3.1),
    })
  }
  const source = await readFile(GALLERY, 'utf8')
  const published = await carry(publishTemplate, {
    principal: by,
    input: {
      team,
      name: 'Production deployment',
      source,
      note: 'First version, agreed with security and operations.',
    },
    at: minutesAfter(from, 52.7),
  })
  return { team, service, template: published.slug, model: parseTemplate(source), variables, allowed }
}
