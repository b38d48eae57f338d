import { sendCommand } from '#components/send-command.ts'
import { announce } from '#components/ui/announce.ts'
import { toast } from '#components/ui/toast-store.ts'
import { cancelProbesAction, startProbesAction } from '#lib/runs/actions.ts'
import type { Desk } from './desk.ts'

/** Asks for attempts; they run in a worker and arrive live. */
export async function startProbes(desk: Desk, keys: string[] | 'all' | 'failing'): Promise<void> {
  const answer = await sendCommand({
    action: startProbesAction,
    input: { ...desk.address, keys },
    label: 'Run probes',
  })
  if (answer.ok) announce('Probes started')
  else toast({ tone: 'error', title: 'No probe was started', body: answer.refusal.message })
}

/** Stops attempts that wait or run: their sockets are closed and no verdict is stored. */
export async function cancelProbes(desk: Desk, keys: string[] | 'all'): Promise<void> {
  const answer = await sendCommand({
    action: cancelProbesAction,
    input: { ...desk.address, keys },
    label: 'Cancel probes',
  })
  if (answer.ok) announce('Probes cancelled')
  else toast({ tone: 'error', title: 'Nothing was cancelled', body: answer.refusal.message })
}
