import pino, { type Logger } from 'pino'
import { env } from './env.ts'
import { currentRequest } from './requests.ts'

// Whatever carries one of these names, one or two levels deep, never reaches the log.
const SECRET = ['password', 'secret', 'token', 'code', 'authorization', 'cookie', 'passwordHash', 'setCookie']
const redact = SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

const place = globalThis as { countersignLog?: Logger }

function open(): Logger {
  return pino({
    level: env().LOG_LEVEL,
    base: { instance: env().INSTANCE_ID },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    // Every line about a request carries its id, whoever writes it.
    mixin: () => {
      const request = currentRequest()
      return request ? { requestId: request.id } : {}
    },
    redact: { paths: redact, censor: '[redacted]' },
    // A query's error object may carry its parameters; the type, words and stack are enough.
    serializers: { err: pino.stdSerializers.errWithCause },
  })
}

/** The process's logger: JSON lines on standard output, secrets redacted, opened at first use. */
export function log(): Logger {
  place.countersignLog ??= open()
  return place.countersignLog
}
