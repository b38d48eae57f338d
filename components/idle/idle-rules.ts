/** A touch is sent at most once a minute; with a short idle time, as tests set it, ten times within that time. */
export function touchEverySeconds(idleSeconds: number): number {
  return Math.min(60, idleSeconds / 10)
}

export type IdlePhase = 'active' | 'warning' | 'unreachable'

/** Whether the time left calls for the warning. Milliseconds. */
export function isLate({
  now,
  deadline,
  warnSeconds,
}: {
  now: number
  deadline: number
  warnSeconds: number
}): boolean {
  return deadline - now <= warnSeconds * 1_000
}

/** The times, in whole seconds left, at which a screen reader is told. */
export function isAnnounced(secondsLeft: number): boolean {
  return [120, 60, 30, 10].includes(secondsLeft)
}

/** `1:05`, for the countdown. */
export function countdown(secondsLeft: number): string {
  const whole = Math.max(0, Math.ceil(secondsLeft))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
