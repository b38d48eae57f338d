import { paths, type SignInReason } from '#lib/shared/paths.ts'
import { type IdlePhase, isLate, touchEverySeconds } from './idle-rules.ts'
import { listenForInput } from './real-input.ts'
import { openSessionChannel } from './session-channel.ts'
import { type Clock, postSignOut, readClock, touchClock } from './session-clock.ts'

const TICK_MS = 1_000
const ASK_AGAIN_MS = 5_000

export type IdleView = { phase: IdlePhase; secondsLeft: number; absolute: boolean }
export type IdleWatch = { stay: () => void; leave: () => void; stop: () => void }

/**
 * Watches one tab. The server's clock decides: it is asked before the warning and again before the end, so that input
 * in any tab, or on another device of the same session, counts. `show` gets what the dialog needs, every second.
 */
export function watchIdle({
  idleSeconds,
  warnSeconds,
  show,
}: {
  idleSeconds: number
  warnSeconds: number
  show: (view: IdleView) => void
}): IdleWatch {
  const every = touchEverySeconds(idleSeconds) * 1_000
  let phase: IdlePhase = 'active'
  let absolute = false
  let deadline = Date.now() + idleSeconds * 1_000
  let input = 0
  let sent = 0
  let asking = false
  let askedAt = 0

  const channel = openSessionChannel((news) => {
    if ('over' in news) return go(news.over)
    deadline = Math.max(deadline, news.deadline)
    tick()
  })

  function go(because: SignInReason): void {
    stop()
    const { pathname, search, hash } = window.location
    window.location.assign(
      because === 'signed_out'
        ? paths.signIn(undefined, because)
        : paths.signIn(pathname + search + hash, because),
    )
  }

  function end(because: SignInReason): void {
    channel.tell({ over: because })
    go(because)
  }

  function take(clock: Clock): void {
    const late = Date.now() >= deadline
    if (clock === 'over') {
      end(late && !absolute ? 'idle' : 'ended')
      return
    }
    if (clock === 'unreachable') {
      phase = late ? 'unreachable' : phase
      return
    }
    absolute = clock.absoluteSeconds <= clock.idleSeconds
    deadline = Date.now() + Math.min(clock.idleSeconds, clock.absoluteSeconds) * 1_000
    channel.tell({ deadline })
    phase = isLate({ now: Date.now(), deadline, warnSeconds }) ? 'warning' : 'active'
  }

  async function ask(question: () => Promise<Clock>): Promise<void> {
    if (asking) return
    asking = true
    askedAt = Date.now()
    const clock = await question()
    asking = false
    take(clock)
    display()
  }

  function display(): void {
    show({ phase, secondsLeft: Math.max(0, (deadline - Date.now()) / 1_000), absolute })
  }

  function touch(): void {
    if (asking) return
    sent = Date.now()
    const agoSeconds = Math.min(900, Math.max(0, (sent - input) / 1_000))
    void ask(async () => {
      const clock = await touchClock(agoSeconds)
      // Nobody heard it: still to be told.
      if (clock === 'unreachable') sent = input - 1
      return clock
    })
  }

  function tick(): void {
    const now = Date.now()
    const late = isLate({ now, deadline, warnSeconds })
    if (!late && phase !== 'active') phase = 'active'
    if (phase === 'active' && input > sent && now - sent >= every) touch()
    else if (phase === 'active' && late) void ask(readClock)
    else if (now >= deadline && now - askedAt >= Math.min(ASK_AGAIN_MS, warnSeconds * 1_000))
      void ask(readClock)
    display()
  }

  const deaf = listenForInput(() => {
    // Behind the warning only its own buttons count, or a passing sleeve would take it away unread.
    if (phase !== 'active') return
    input = Date.now()
    if (input - sent >= every) touch()
  })
  const timer = window.setInterval(tick, TICK_MS)
  const seen = () => tick()
  document.addEventListener('visibilitychange', seen)

  function stop(): void {
    deaf()
    window.clearInterval(timer)
    document.removeEventListener('visibilitychange', seen)
    channel.close()
  }

  void ask(readClock)
  return {
    stay: () => {
      input = Date.now()
      phase = 'active'
      touch()
      display()
    },
    leave: () => {
      void postSignOut().then((done) => {
        if (done) end('signed_out')
      })
    },
    stop,
  }
}
