import type net from 'node:net'
import pg from 'pg'
import { asksPostgresTls } from './before-tls.ts'
import { asEgressFailure, EgressFailure } from './failure.ts'
import { type Guard, openGuardedSocket } from './socket.ts'
import { startTls, type TlsTerms } from './start-tls.ts'
import { newTrace, type Trace, timed } from './trace.ts'

/** As libpq means them: `prefer` takes TLS where it is offered and checks no certificate, `verify-full` checks chain and name. */
export const SSL_MODES = ['disable', 'prefer', 'require', 'verify-full'] as const
export type SslMode = (typeof SSL_MODES)[number]

export type PostgresTarget = {
  host: string
  port: number
  user: string
  password: string
  database: string
  sslMode: SslMode
}

/** What the server itself said no to, at the door or to a query; `code` is its SQLSTATE. */
export class PostgresRefusal extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export type PostgresTalk = {
  /** The first row of one statement as texts; null when there is none. Throws PostgresRefusal. */
  row: (
    statement: string,
    values?: readonly string[],
  ) => Promise<Readonly<Record<string, string | null>> | null>
  end: () => void
}

/** A session on a guarded socket. Throws EgressFailure, PostgresRefusal, or the signal's reason; an abort cuts the socket. */
export async function openPostgres(
  target: PostgresTarget,
  guard: Guard,
  trace: Trace = newTrace(),
): Promise<PostgresTalk> {
  const { host, port, user, password, database, sslMode } = target
  const { signal } = guard
  const plain = await openGuardedSocket({ host, port, secure: false }, guard, trace)
  const onAbort = () => plain.destroy()
  signal.addEventListener('abort', onAbort, { once: true })
  const end = () => {
    signal.removeEventListener('abort', onAbort)
    plain.destroy()
  }
  const failed = (error: unknown): unknown => {
    if (signal.aborted) return signal.reason
    if (error instanceof pg.DatabaseError) return new PostgresRefusal(error.code ?? '', error.message)
    return asEgressFailure(error, 'http')
  }
  try {
    signal.throwIfAborted()
    const socket =
      sslMode === 'disable'
        ? plain
        : await encrypted(plain, { host, sslMode, signal, terms: guard.tls, trace })
    const client = new pg.Client({
      user,
      password,
      database,
      application_name: 'Countersign-Probe',
      stream: () => connected(socket),
    })
    // After an answer an idle connection may still break; the next question will say so.
    client.on('error', () => undefined)
    await timed(trace, 'wait', () => client.connect())
    return {
      row: async (statement, values = []) => {
        try {
          const { rows } = await client.query<Record<string, string | null>>({
            text: statement,
            values: [...values],
            types: { getTypeParser: () => (text: string) => text },
          })
          return rows[0] ?? null
        } catch (error) {
          throw failed(error)
        }
      },
      end: () => {
        void client.end().catch(() => undefined)
        end()
      },
    }
  } catch (error) {
    end()
    throw failed(error)
  }
}

async function encrypted(
  socket: net.Socket,
  {
    host,
    sslMode,
    signal,
    terms,
    trace,
  }: { host: string; sslMode: SslMode; signal: AbortSignal; terms: TlsTerms | undefined; trace: Trace },
): Promise<net.Socket> {
  const offered = await asksPostgresTls(socket, signal)
  if (offered) {
    const verify = sslMode === 'verify-full'
    return timed(trace, 'tls', () =>
      startTls({ socket, host, signal, trace, alpn: ['postgresql'], terms, verify }),
    )
  }
  if (sslMode === 'prefer') return socket
  throw new EgressFailure({
    kind: 'tls',
    message: 'the server does not offer TLS, which the address requires',
  })
}

/** The client connects a socket of its own; this one is connected already, to the address that the guard allowed. */
function connected(socket: net.Socket): net.Socket {
  return Object.assign(socket, {
    connect: () => {
      setImmediate(() => socket.resume().emit('connect'))
      return socket
    },
  })
}
