import { setTimeout } from 'node:timers/promises'
import { v7 } from 'uuid'
import { z } from 'zod'
import { paths } from '#lib/shared/paths.ts'
import { findNotUtf8, notUtf8Message } from '#lib/shared/utf8.ts'
import { checkSource } from '#lib/templates/check-source.ts'
import { findFencedList, unwrapFencedList } from '#lib/templates/fenced-list.ts'
import { decodeSource } from '#lib/templates/source-bytes.ts'
import {
  bytesOf,
  type Flags,
  type Output,
  problemLine,
  TEMPLATE_EXIT,
  type TemplateExit,
  type Words,
} from './files.ts'

const PATIENCE = 60_000
const PAUSES = [500, 2_000]

const placed = z.object({
  line: z.number(),
  column: z.number(),
  message: z.string(),
  fix: z.string().nullable(),
})
const refusal = z.object({
  title: z.string(),
  code: z.string(),
  errors: z.record(z.string(), z.string()).optional(),
  detail: z
    .object({ problems: z.array(placed) })
    .optional()
    .catch(undefined),
})
const published = z.object({
  template: z.string(),
  version: z.number(),
  created: z.boolean(),
  url: z.string(),
})

/** Publishes a file as the next version of a template, over HTTP with an API token of the team. */
export async function runImport(
  { files, flags }: Words,
  output: Output,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<TemplateExit> {
  const [file = ''] = files
  const asked = askedOf(flags, environment)
  if (typeof asked === 'string') {
    output.err(asked)
    return TEMPLATE_EXIT.usage
  }
  const bytes = await bytesOf(file, output)
  if (typeof bytes === 'number') return bytes
  const source = sourceOf({ file, bytes, flags }, output)
  if (source === null) return TEMPLATE_EXIT.problems
  const { team, template, name, note } = asked
  const answer = await send({ ...asked, body: JSON.stringify({ team, template, name, note, source }) })
  if (typeof answer === 'string') {
    tell(flags, output, { code: 'unreachable', message: answer })
    return TEMPLATE_EXIT.usage
  }
  const done = published.safeParse(answer.body)
  if (answer.ok && done.success) {
    const { created, url, version, template: slug } = done.data
    if (flags.json) output.out(JSON.stringify({ ok: true, ...done.data }))
    else
      output.out(
        created
          ? `Published ${slug} v${version}: ${url}`
          : `${slug} v${version} is this file already: ${url}`,
      )
    return TEMPLATE_EXIT.ok
  }
  const said = refusal.safeParse(answer.body)
  if (!said.success) {
    tell(flags, output, {
      code: 'unreachable',
      message: `${asked.url} answered ${answer.status} and gave no reason: is it a Countersign?`,
    })
    return TEMPLATE_EXIT.usage
  }
  const { title, code, errors = {}, detail } = said.data
  tell(flags, output, { code, message: title, errors })
  if (!flags.json) {
    for (const problem of detail?.problems ?? []) output.err(problemLine(file, problem))
    if (detail === undefined)
      for (const [field, message] of Object.entries(errors)) output.err(`  ${field}: ${message}`)
  }
  return TEMPLATE_EXIT.problems
}

type Asked = {
  url: string
  team: string
  template: string | null
  name: string | null
  note: string
  token: string
}

function askedOf(flags: Flags, environment: Readonly<Record<string, string | undefined>>): Asked | string {
  const text = (name: string) => (typeof flags[name] === 'string' ? flags[name] : null)
  const url = text('url') ?? environment.COUNTERSIGN_URL ?? null
  const token = text('token') ?? environment.COUNTERSIGN_TOKEN ?? null
  const team = text('team')
  const template = text('template')
  const name = text('name')
  if (url === null || !/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    return 'Say where Countersign runs: --url https://countersign.example.org'
  if (team === null) return 'Say whose template it is: --team SLUG'
  if ((template === null) === (name === null))
    return 'Say which template gets the version, --template SLUG, or name a new one, --name "Web release".'
  if (token === null)
    return 'Give an API token of the team as COUNTERSIGN_TOKEN or --token. An administrator makes one under Templates, API tokens.'
  return { url, team, template, name, note: text('note') ?? '', token }
}

/** The text as it will be published, or null after having said what is wrong with it. */
function sourceOf(
  { file, bytes, flags }: { file: string; bytes: Uint8Array; flags: Flags },
  output: Output,
): string | null {
  const bad = findNotUtf8(bytes)
  if (bad !== null && flags.latin1 !== true) {
    tell(flags, output, {
      code: 'not_utf8',
      message: `${file}: ${notUtf8Message(bad)} Or add --latin1 to read it as ISO 8859-1.`,
    })
    return null
  }
  let source = decodeSource(bytes).text
  const fenced = findFencedList(source)
  if (fenced !== null && flags.unwrap === true) source = unwrapFencedList(source, fenced)
  const checked = checkSource(source)
  if (checked.ok) return source
  if (fenced !== null && flags.unwrap !== true)
    tell(flags, output, {
      code: 'fenced_list',
      message: `${file}: the whole list stands in the fence of lines ${fenced.line} to ${fenced.endLine}. Take the fence off, or add --unwrap.`,
    })
  else {
    tell(flags, output, {
      code: checked.refusal.code,
      message: checked.refusal.message,
      problems: checked.problems,
    })
    if (!flags.json) for (const problem of checked.problems) output.err(problemLine(file, problem))
  }
  return null
}

function tell(
  flags: Flags,
  { out, err }: Output,
  what: { code: string; message: string; [key: string]: unknown },
): void {
  if (flags.json) out(JSON.stringify({ ok: false, ...what }))
  else err(what.message)
}

/** Sends until there is an answer: under one key a second try changes nothing that the first has done. */
async function send({
  url,
  token,
  body,
}: Asked & { body: string }): Promise<{ ok: boolean; status: number; body: unknown } | string> {
  const key = v7()
  for (let attempt = 0; ; attempt++) {
    try {
      const response = await fetch(new URL(paths.api.templates(), url), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${token}`,
          'idempotency-key': key,
        },
        body,
        signal: AbortSignal.timeout(PATIENCE),
        redirect: 'error',
      })
      if (response.status < 502 || attempt >= PAUSES.length)
        return { ok: response.ok, status: response.status, body: await response.json().catch(() => null) }
    } catch (error) {
      if (attempt >= PAUSES.length) {
        const cause =
          error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
        return `Countersign at ${url} cannot be reached: ${cause}`
      }
    }
    await setTimeout(PAUSES[attempt])
  }
}
