'use client'
import { PageBody } from '#components/shell/page-body.tsx'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'

export default function RunError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <PageBody>
      <div className="pt-10">
        <Notice
          tone="error"
          title="This run could not be shown"
          action={<Button onClick={reset}>Try again</Button>}
        >
          Nothing of it is lost: what was ticked and signed is stored. If it stays like this, give your
          administrator this number: {error.digest ?? 'none'}.
        </Notice>
      </div>
    </PageBody>
  )
}
