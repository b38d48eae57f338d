import { ExternalLink, Paperclip } from 'lucide-react'
import type { AttachmentView } from '#lib/runs/attachment-view.ts'
import { paths } from '#lib/shared/paths.ts'

/** The way to a file or a link; what somebody wrote is no page of ours, so it opens apart and learns nothing. */
export function AttachmentLink({ attachment, runId }: { attachment: AttachmentView; runId: string }) {
  const { id, label, file } = attachment
  const Icon = file ? Paperclip : ExternalLink
  const href = file ? paths.api.runFile({ runId, attachmentId: id }) : label
  const away = file ? { download: true } : { target: '_blank', rel: 'noopener noreferrer nofollow' }
  return (
    <a href={href} {...away} className="inline-flex max-w-full min-w-0 items-baseline gap-1.5">
      <Icon aria-hidden="true" className="size-3.5 shrink-0 self-center" />
      <span className="min-w-0 break-all">{label}</span>
    </a>
  )
}
