import { condition, SUBJECTS } from '../answer-grammar.ts'
import { usualBase } from '../base-probe.ts'
import { choice } from '../condition-grammar.ts'
import { FAMILIES, type HttpProbe, httpProbeSchema, METHODS, REDIRECT_MODES } from '../http-probe.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { printHost, printLimit, printSentHeaders, readLimit, readSentHeader } from '../options.ts'
import { printCondition } from '../print-condition.ts'
import { readHost, readUrl } from '../read-address.ts'
import type { Scanner } from '../scanner.ts'

export const httpGrammar: ProbeGrammar<HttpProbe> = {
  schema: httpProbeSchema,
  subjects: SUBJECTS,
  options: ['send', 'redirects', 'limit', 'family', 'host', 'http1'],
  repeatable: ['send'],
  example: 'status == 200',
  head(scanner) {
    const method = METHODS.find((known) => known === scanner.peekWord())
    if (method !== undefined) scanner.word()
    return {
      ...usualBase(),
      kind: 'http',
      method: method ?? 'GET',
      url: readUrl(scanner),
      headers: [],
      conditions: [],
      redirects: { mode: 'none', max: 0 },
      maxBytes: PROBE_LIMITS.maxBytes.usual,
    }
  },
  condition,
  option(scanner, word, draft) {
    if (word === 'send') readSentHeader(scanner, draft.headers)
    else if (word === 'limit') draft.maxBytes = readLimit(scanner)
    else if (word === 'family') draft.family = choice(scanner, FAMILIES, 'a family of addresses')
    else if (word === 'host') draft.host = readHost(scanner)
    else if (word === 'http1') draft.http1 = true
    else draft.redirects = readRedirects(scanner)
  },
  printHead: ({ method, url }) => `${method === 'GET' ? '' : `${method} `}${url}`,
  printCondition,
  printOptions: ({ headers, redirects: { mode, max }, maxBytes, family, host, http1 }) => [
    ...printSentHeaders(headers),
    ...(mode === 'none' ? [] : [`redirects ${mode} ${max}`]),
    ...printLimit(maxBytes, PROBE_LIMITS.maxBytes.usual),
    ...(family === undefined ? [] : [`family ${family}`]),
    ...printHost(host),
    ...(http1 === undefined ? [] : ['http1']),
  ],
  sent: ({ url, headers, host = '' }) => [url, ...headers.map(({ value }) => value), host],
}

function readRedirects(scanner: Scanner): HttpProbe['redirects'] {
  const mode = choice(scanner, REDIRECT_MODES, 'how to treat redirects')
  if (mode === 'none') return { mode, max: 0 }
  const word = scanner.peekWord()
  if (!/^\d/.test(word)) return { mode, max: PROBE_LIMITS.redirects.usual }
  if (!/^(?:[1-9]|10)$/.test(word))
    scanner.fail({
      message: 'at most 10 redirects are followed, at least 1',
      expected: ['5'],
      fix: 'write 5',
    })
  return { mode, max: Number(scanner.word()) }
}
