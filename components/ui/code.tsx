import type { ReactNode } from 'react'

export function Code({ children }: { children: ReactNode }) {
  return <code className="rounded-sm bg-hair px-1 font-mono text-[0.9em]">{children}</code>
}
