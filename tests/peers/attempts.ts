import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type net from 'node:net'

/**
 * Every connection that this process begins, as `address port`, however it is begun: what a listener of ours counts is only what
 * arrives here. `drain` gives those since it was last asked.
 */
export function watchConnections(): { drain: () => string[]; stop: () => void } {
  let tried: string[] = []
  const onSocket = (message: unknown) => {
    const { socket } = message as { socket: net.Socket }
    socket.on('connectionAttempt', (address: string, port: number) => tried.push(`${address} ${port}`))
  }
  subscribe('net.client.socket', onSocket)
  return {
    drain() {
      const drained = tried
      tried = []
      return drained
    },
    stop: () => unsubscribe('net.client.socket', onSocket),
  }
}
