import { PageBody } from '#components/shell/page-body.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'

/** Keeps the places of the head, the gate and the list. */
export default function RunLoading() {
  return (
    <PageBody>
      <div className="grid gap-6 pt-6">
        <Skeleton lines={2} label="Reading the run" />
        <div aria-hidden="true" className="h-32 rounded-2xl border border-line bg-paper" />
        <Skeleton lines={10} />
      </div>
    </PageBody>
  )
}
