import type net from 'node:net'
import { asEgressFailure, EgressFailure } from './failure.ts'

/** Waits until a socket is ready; whatever ends it before, the signal included, destroys it and is thrown. */
export function settled<S extends net.Socket>(
  socket: S,
  {
    ready,
    stage,
    signal,
  }: { ready: 'connect' | 'secureConnect'; stage: 'connect' | 'tls'; signal: AbortSignal },
): Promise<S> {
  const { promise, resolve, reject } = Promise.withResolvers<S>()
  const onAbort = () => {
    socket.destroy()
    reject(signal.reason)
  }
  const onReady = () => resolve(socket)
  const onError = (error: unknown) => {
    socket.destroy()
    reject(asEgressFailure(error, stage))
  }
  const onClose = () =>
    onError(
      stage === 'tls'
        ? new EgressFailure({
            kind: 'tls',
            message: 'closed in the TLS handshake; check port and scheme',
          })
        : new EgressFailure({ kind: 'closed', message: 'connection closed' }),
    )
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort, { once: true })
  socket.once(ready, onReady).once('error', onError).once('close', onClose)
  return promise.finally(() => {
    signal.removeEventListener('abort', onAbort)
    socket.off(ready, onReady).off('close', onClose)
    // An error between two owners must not become an uncaught exception; the next owner sees the socket closed.
    socket.off('error', onError).on('error', () => undefined)
  })
}
