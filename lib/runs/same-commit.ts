/** One commit may be named by its first digits, at least seven of them, as a run's often is; Git's own rule. */
export function isSameCommit(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return short.length >= 7 && long.toLowerCase().startsWith(short.toLowerCase())
}
