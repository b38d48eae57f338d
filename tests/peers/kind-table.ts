import type { PulledKind } from '#lib/probes/kinds.ts'
import { SERVER_KINDS } from './kind-table-servers.ts'

/**
 * How each kind is sent somewhere, for what must hold for all of them: a kind that is not entered here does not compile.
 * `scheme` stands before host and port in `${TARGET}`; `follows`: the same probe where it goes after redirects.
 */
export const KIND_TABLE: Record<PulledKind, { scheme: string; probe: string; follows?: string }> = {
  http: {
    scheme: 'http',
    probe: 'http $' + '{TARGET}/ expect status >= 100, body lacks nothing',
    follows: 'http $' + '{TARGET}/ expect status >= 100, redirects follow',
  },
  tls: { scheme: 'https', probe: 'tls $' + '{TARGET} expect days-left >= 0, refuses 1.0' },
  promql: { scheme: 'http', probe: 'promql $' + '{TARGET} "up" expect all == 1' },
  ...SERVER_KINDS,
  forge: {
    scheme: 'http',
    probe: 'forge github acme/web url $' + '{TARGET} commit 8f3c2d1 expect checks-green',
  },
  metrics: { scheme: 'http', probe: 'metrics $' + '{TARGET}/metrics expect parses' },
  websocket: { scheme: 'ws', probe: 'websocket $' + '{TARGET}/ws expect open' },
  redis: { scheme: 'redis', probe: 'redis $' + '{TARGET} expect ping' },
  postgres: { scheme: 'postgresql', probe: 'postgres $' + '{TARGET}/app expect select' },
  delivery: { scheme: 'http', probe: 'delivery $' + '{TARGET}/app.js expect compressed any' },
  sse: { scheme: 'http', probe: 'sse $' + '{TARGET}/ expect open' },
  redirect: { scheme: 'http', probe: 'redirect $' + '{TARGET}/ expect https, hsts' },
  cors: { scheme: 'http', probe: 'cors $' + '{TARGET}/ origin https://app.example.com expect allows' },
  cookies: {
    scheme: 'http',
    probe: 'cookies $' + '{TARGET}/ expect count >= 0',
    follows: 'cookies $' + '{TARGET}/ expect count >= 0',
  },
  headers: {
    scheme: 'http',
    probe: 'headers $' + '{TARGET}/ expect score >= 0, plain $' + '{TARGET}/',
    follows: 'headers $' + '{TARGET}/ expect score >= 0, plain none',
  },
  steps: {
    scheme: 'http',
    probe: 'steps $' + '{TARGET} step /a, expect status >= 100, step /b, expect status >= 100',
  },
}
