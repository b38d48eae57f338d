import { describe, expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { probeOfEntry, probeOfVariable } from '#lib/probes/connection.ts'
import { parseAllowEntry } from '#lib/shared/allow-entry.ts'

const X = '$' + '{X}'
const entry = (line: string) => {
  const read = parseAllowEntry(line)
  if (!read.ok) throw new Error(read.refusal.message)
  return probeOfEntry(read.value)
}

describe('the smallest probe of an address', () => {
  it.each([
    ['https://app.example.com/', `http ${X} expect status >= 100`],
    ['http://localhost:3000', `http ${X} expect status >= 100`],
    ['wss://app.example.com/ws', `websocket ${X} expect open`],
    ['rediss://:secret@cache.internal', `redis ${X} expect ping`],
    ['postgresql://probe:pw@db.internal/app', `postgres ${X} expect select`],
    ['grpcs://api.example.com:443', `grpc ${X} expect serving`],
    ['tls://mail.example.com:465', `tcp ${X} expect open`],
    ['mail.example.com:25', `tcp ${X} expect open`],
    ['[::1]:25', `tcp ${X} expect open`],
    ['amqp://user:pw@queue.internal:5672/main', 'tcp queue.internal:5672 expect open'],
  ])('is read of a variable with %s', (value, probe) => {
    expect(probeOfVariable({ name: 'X', value })).toBe(probe)
    expect(parseProbe(probe)).toMatchObject({ ok: true })
  })

  it.each(['', 'word', '1.4.2', 'host:0', 'host:99999', 'amqp://queue.internal', 'mailto:a@example.com'])(
    'is none of %j',
    (value) => {
      expect(probeOfVariable({ name: 'X', value })).toBeNull()
    },
  )

  it.each([
    ['mail.example.com:25', 'tcp mail.example.com:25 expect open'],
    ['[::1]:8080', 'tcp [::1]:8080 expect open'],
    ['app.example.com:443', 'tls app.example.com:443 expect trusted, hostname'],
    ['db.internal:443 10.0.0.0/8', 'tls db.internal:443 expect trusted, hostname'],
    ['app.example.com:443 for http', 'http https://app.example.com:443/ expect status >= 100'],
    ['app.example.com:8080 for http', 'http http://app.example.com:8080/ expect status >= 100'],
    ['cache.internal:6379 for redis', 'redis redis://cache.internal:6379 expect ping'],
  ])('is read of the entry %s', (line, probe) => {
    expect(entry(line)).toBe(probe)
    expect(parseProbe(probe)).toMatchObject({ ok: true })
  })

  it.each(['*.example.com:443', '10.0.0.0/8:443', 'app.example.com', 'db.internal:5432 for postgres'])(
    'is none of the entry %s',
    (line) => {
      expect(entry(line)).toBeNull()
    },
  )
})
