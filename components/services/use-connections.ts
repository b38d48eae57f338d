'use client'
import { useEffect, useRef, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import type { TriedConnection } from '#lib/probes/connection.ts'
import type { Connection } from '#lib/services/connections.ts'
import { type ConnectionAsk, requestConnection } from './request-connection.ts'

/** As many looks as are under way at once: enough to hide one silent server behind others. */
const LANES = 4

export type ConnectionState = { pending: true } | { pending: false; tried: TriedConnection }
type Place = Pick<ConnectionAsk, 'team' | 'service' | 'environment'>

export function connectionKey({ of, name }: Pick<Connection, 'of' | 'name'>): string {
  return `${of} ${name}`
}

/** Looks at saved addresses, one or all; cancelling or leaving ends what is under way on the server too. */
export function useConnections(place: Place) {
  const [states, setStates] = useState<Readonly<Record<string, ConnectionState>>>({})
  const [all, setAll] = useState<{ done: number; of: number } | null>(null)
  const under = useRef(new Set<AbortController>())
  useEffect(() => {
    const running = under.current
    return () => {
      for (const one of running) one.abort()
    }
  }, [])

  function put(key: string, state: ConnectionState | null) {
    setStates(({ [key]: _old, ...others }) => (state === null ? others : { ...others, [key]: state }))
  }
  async function tryOne(connection: Connection, controller = new AbortController()) {
    const key = connectionKey(connection)
    under.current.add(controller)
    put(key, { pending: true })
    const tried = await requestConnection({ ...place, ...connection }, controller.signal)
    if (!controller.signal.aborted) put(key, tried && { pending: false, tried })
    return tried
  }
  async function tryAll(connections: readonly Connection[]) {
    const controller = new AbortController()
    const waiting = [...connections]
    let done = 0
    let reached = 0
    setAll({ done, of: connections.length })
    async function lane() {
      for (let next = waiting.shift(); next && !controller.signal.aborted; next = waiting.shift()) {
        const tried = await tryOne(next, controller)
        if (controller.signal.aborted) return
        done += 1
        if (tried?.outcome === 'pass') reached += 1
        setAll({ done, of: connections.length })
      }
    }
    await Promise.all(Array.from({ length: LANES }, lane))
    if (controller.signal.aborted) return
    under.current.delete(controller)
    setAll(null)
    announce(`${reached} of ${connections.length} answered`)
  }
  function cancel() {
    for (const one of under.current) one.abort()
    under.current.clear()
    setAll(null)
    setStates((known) => Object.fromEntries(Object.entries(known).filter(([, { pending }]) => !pending)))
  }
  return { states, all, tryOne, tryAll, cancel }
}
