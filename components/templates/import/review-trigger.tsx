import { Undo2 } from 'lucide-react'
import { InlineText } from '#components/runs/item/inline-text.tsx'
import type { TemplateTrigger } from '#lib/templates/model.ts'
import { rowClass } from './row-class.ts'
import { ToSource } from './to-source.tsx'

/** What calls for going back; with a threshold where the words hold one. */
export function ReviewTrigger({ trigger }: { trigger: TemplateTrigger }) {
  const { text, metric, op, value, unit, line } = trigger
  return (
    <li data-of={line} data-row={line} tabIndex={-1} className={rowClass}>
      <Undo2 aria-hidden="true" className="mt-0.75 size-4 text-soft" />
      <div className="min-w-0">
        <p className="m-0 break-words">
          <InlineText text={text} /> <span className="text-sm text-faint">rollback trigger</span>
        </p>
        <p className="m-0 text-sm text-soft">
          {metric === null ? (
            'judged by a person'
          ) : (
            <span className="font-mono text-xs">
              {metric} {op} {value}
              {unit === 'count' ? '' : unit}
            </span>
          )}
        </p>
      </div>
      <ToSource line={line} />
    </li>
  )
}
