import { sendCommand } from '#components/send-command.ts'
import { announce } from '#components/ui/announce.ts'
import { toast } from '#components/ui/toast-store.ts'
import { cancelProbesAction, startProbesAction } from '#lib/runs/actions.ts'
import { LIMITS } from '#lib/shared/limits.ts'
import { counted } from '#lib/shared/words.ts'
import type { Desk } from './desk.ts'

/** What was started, and what there was no room for: that is said where it is seen, as nobody starts it later. */
function startedWords({ keys, left }: { keys: readonly string[]; left: number }): string {
  if (left > 0)
    toast({
      tone: 'warn',
      title: `${counted({ count: left, one: 'probe was', many: 'probes were' })} not started`,
      body: `Your team has ${LIMITS.probesAtOncePerTeam} probes under way, which is the limit. Run them when some of these have ended.`,
    })
  if (keys.length === 0) return 'They are under way already'
  return `${counted({ count: keys.length, one: 'probe' })} started`
}

/** Asks for attempts; they run in a worker and arrive live. */
export async function startProbes(desk: Desk, keys: string[] | 'all' | 'failing'): Promise<void> {
  const answer = await sendCommand({
    action: startProbesAction,
    input: { ...desk.address, keys },
    label: 'Run probes',
  })
  if (answer.ok) announce(startedWords(answer.value.value))
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
