import { Button } from '#components/ui/button.tsx'
import { Select } from '#components/ui/select.tsx'
import { paths } from '#lib/shared/paths.ts'

/** Any two versions. A plain form: it works before the page's script does. */
export function ComparePicker({
  team,
  template,
  from,
  to,
  show,
  numbers,
}: {
  team: string
  template: string
  from: number
  to: number
  show?: 'text' | undefined
  numbers: readonly number[]
}) {
  const options = numbers.map((number) => ({ value: String(number), label: `Version ${number}` }))
  const action = paths.templateDiff({ team, template, from, to }).split('?')[0]
  return (
    <form action={action} aria-label="Compare two versions" className="flex flex-wrap items-end gap-2.5">
      <Select name="from" label="From" defaultValue={String(from)} options={options} />
      <Select name="to" label="To" defaultValue={String(to)} options={options} />
      {show ? <input type="hidden" name="show" value={show} /> : null}
      <Button type="submit" className="min-h-9">
        Compare
      </Button>
    </form>
  )
}
