/**
 * Whole addresses by which somebody could be led elsewhere than the name says; `PORT` is the one that is watched. None is reached
 * by any kind of probe: where it is an address of that kind at all it is blocked, else it is refused before anything is asked.
 */
const AUTHORITIES = [
  // Zones of IPv6, dots at the end, what ends a name too early.
  '[fe80::1%25lo]:PORT',
  '[fe80::1%lo]:PORT',
  '[::1%25lo]:PORT',
  '[::ffff:127.0.0.1%25lo]:PORT',
  'localhost..:PORT',
  '127.0.0.1..:PORT',
  '127.0.0.1%00.public.example:PORT',
  '127.0.0.1%2F.public.example:PORT',
  '127.0.0.1%09:PORT',
  '127.0.0.1%20:PORT',
  // Names that IDNA folds, and A-labels that look like more than they are.
  'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT',
  'lo­calhost:PORT',
  'loc\u200balhost:PORT',
  'localhost。:PORT',
  'xn--localhost-:PORT',
  'xn--127-0-0-1:PORT',
  // Two readings of where the host ends.
  '127.0.0.1:PORT#@public.example',
  '127.0.0.1:PORT?@public.example',
  '127.0.0.1:PORT\\@public.example',
  'public.example\\@127.0.0.1:PORT',
  'public.example#@127.0.0.1:PORT',
  'public.example:443@127.0.0.1:PORT',
  '127.0.0.1:PORT:443',
  '127.0.0.1:PORT,public.example:443',
  'public.example:443,127.0.0.1:PORT',
] as const

const WHOLE = [
  // Several hosts, and hosts and sockets in the query, as libpq and its followers read them.
  'postgresql://public.example:5432,127.0.0.1:PORT/app',
  'postgresql://127.0.0.1:PORT,public.example:5432/app?target_session_attrs=any',
  'postgresql://public.example:5432/app?host=127.0.0.1&port=PORT',
  'postgresql://public.example:5432/app?hostaddr=127.0.0.1',
  'postgresql:///app?host=/var/run/postgresql',
  'postgresql:///app?host=127.0.0.1&port=PORT',
  'postgresql://%2Fvar%2Frun%2Fpostgresql/app',
  'postgresql:app@127.0.0.1:PORT',
  // Sockets of this machine, sentinels and other schemes of Redis.
  'redis:///var/run/redis.sock',
  'redis+unix:///var/run/redis.sock',
  'unix:///var/run/redis.sock',
  'redis-sentinel://127.0.0.1:PORT/mymaster',
  'redis://public.example:6379?host=127.0.0.1&port=PORT',
  // The library of WebSockets knows sockets of this machine.
  'ws+unix:///var/run/app.sock:/ws',
  'ws+unix:///var/run/docker.sock:/containers/json',
  'wss+unix:///var/run/app.sock:/ws',
  // Resolvers and schemes of gRPC.
  'unix:/var/run/app.sock',
  'unix-abstract:app',
  'ipv4:127.0.0.1:PORT',
  'ipv6:[::1]:PORT',
  'dns:///127.0.0.1:PORT',
  'dns://127.0.0.1:PORT/public.example',
  'passthrough:///127.0.0.1:PORT',
  'xds:///127.0.0.1:PORT',
  // What is no address of a network.
  'file:///etc/passwd',
  'file://127.0.0.1/etc/passwd',
  'data:text/plain,hello',
  'blob:http://127.0.0.1:PORT/x',
  'gopher://127.0.0.1:PORT/_x',
  'ftp://127.0.0.1:PORT/',
  'jar:http://127.0.0.1:PORT/!/x',
  'javascript:fetch("http://127.0.0.1:PORT/")',
  'http:127.0.0.1:PORT',
  'http:/127.0.0.1:PORT',
  'http:\\\\127.0.0.1:PORT',
  'http:///127.0.0.1:PORT',
  'http://127.0.0.1:PORT/\r\nHost: public.example',
  '//127.0.0.1:PORT/',
  '\\\\127.0.0.1\\x',
  '127.0.0.1:PORT',
  'localhost:PORT',
] as const

export function oddTargets(scheme: string, port: number): string[] {
  const all = [...AUTHORITIES.map((authority) => `${scheme}://${authority}`), ...WHOLE]
  return all.map((text) => text.replaceAll('PORT', String(port)))
}
