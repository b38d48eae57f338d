import { CodeBlock } from '#components/ui/code-block.tsx'
import type { TemplateStep } from '#lib/templates/model.ts'

/** A command step: what is pasted into the shell once the deployment has started. */
export function PreviewStep({ step }: { step: TemplateStep }) {
  return (
    <li className="grid grid-cols-1 gap-1.5">
      <p className="m-0 break-words">{step.title}</p>
      <CodeBlock code={step.commands} label={`Commands: ${step.title}`} />
    </li>
  )
}
