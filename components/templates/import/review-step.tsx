import { Terminal } from 'lucide-react'
import type { TemplateStep } from '#lib/templates/model.ts'
import { rowClass } from './row-class.ts'
import { ToSource } from './to-source.tsx'

/** Commands, copied by hand once the deployment has started. */
export function ReviewStep({ step }: { step: TemplateStep }) {
  return (
    <li data-of={step.line} data-row={step.line} tabIndex={-1} className={rowClass}>
      <Terminal aria-hidden="true" className="mt-0.75 size-4 text-soft" />
      <div className="min-w-0">
        <p className="m-0 break-words">
          {step.title} <span className="text-sm text-faint">command step</span>
        </p>
        <p className="m-0 line-clamp-3 font-mono text-xs break-words whitespace-pre-wrap text-soft">
          {step.commands}
        </p>
      </div>
      <ToSource line={step.line} />
    </li>
  )
}
