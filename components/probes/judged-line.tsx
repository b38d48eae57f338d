/** A verdict in one line, as the board says it. */
export function JudgedLine({ children }: { children: string }) {
  return <p className="m-0 mt-2 font-mono text-xs">{children}</p>
}
