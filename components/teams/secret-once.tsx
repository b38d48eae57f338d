import type { ReactNode } from 'react'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Notice } from '#components/ui/notice.tsx'

/** A link or token that nobody can read again after this page. */
export function SecretOnce({
  title,
  secret,
  copyLabel,
  children,
}: {
  title: string
  secret: string
  copyLabel: string
  children?: ReactNode
}) {
  return (
    <Notice tone="go" live title={title}>
      {children}
      <p className="my-2 rounded-md border border-line bg-paper px-2.5 py-2 font-mono text-xs break-all text-ink select-all">
        {secret}
      </p>
      <CopyButton text={secret} label={copyLabel} />
    </Notice>
  )
}
