import { ListFilter } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { RUN_STATES } from '#lib/shared/codes.ts'
import { type HistoryFilters, paths } from '#lib/shared/paths.ts'
import { capitalised, RUN_STATE_WORDS } from '#lib/shared/words.ts'

type Props = {
  team: string
  filters: HistoryFilters
  services: readonly string[]
  environments: readonly string[]
}

/** A plain GET form: the filters live in the address, so a view can be sent to a colleague. Works without script. */
export function HistoryFilterForm({ team, filters, services, environments }: Props) {
  const others = Object.keys(filters).filter((name) => name !== 'text').length
  const options = (slugs: readonly string[]) => slugs.map((slug) => ({ value: slug, label: slug }))
  return (
    <form
      action={paths.history(team)}
      className="no-print mb-4 grid grid-cols-2 items-start gap-3 sm:grid-cols-4 lg:grid-cols-7"
    >
      <div className="max-sm:col-span-full">
        <TextField name="text" label="Release, ticket, run" type="search" defaultValue={filters.text} />
      </div>
      <details className="peer/more col-span-full -mt-3 sm:hidden">
        <summary className="flex min-h-11 list-none items-center gap-1.5 text-soft">
          <ListFilter aria-hidden="true" className="size-4 shrink-0" />
          {others === 0 ? 'More filters' : `More filters, ${others} set`}
        </summary>
      </details>
      <div className="col-span-full grid-cols-subgrid items-start gap-3 max-sm:hidden max-sm:peer-open/more:grid sm:contents">
        <Select
          name="service"
          label="Service"
          placeholder="All"
          options={options(services)}
          defaultValue={filters.service ?? ''}
        />
        <Select
          name="environment"
          label="Environment"
          placeholder="All"
          options={options(environments)}
          defaultValue={filters.environment ?? ''}
        />
        <Select
          name="state"
          label="State"
          placeholder="All"
          options={RUN_STATES.map((state) => ({ value: state, label: capitalised(RUN_STATE_WORDS[state]) }))}
          defaultValue={filters.state ?? ''}
        />
        <TextField name="person" label="Person" defaultValue={filters.person} />
        <TextField name="from" label="From (UTC)" type="date" defaultValue={filters.from} />
        <TextField name="to" label="To (UTC)" type="date" defaultValue={filters.to} />
      </div>
      <div className="col-span-full flex flex-wrap gap-2">
        <Button type="submit" variant="primary">
          Show
        </Button>
        {Object.keys(filters).length > 0 ? (
          <LinkButton href={paths.history(team)} variant="quiet">
            Clear
          </LinkButton>
        ) : null}
        <LinkButton href={paths.historyCsv(team, filters)} prefetch={false} className="ml-auto">
          Download CSV
        </LinkButton>
      </div>
    </form>
  )
}
