import { isPushed, KINDS } from '#lib/probes/kinds.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { demandOutcomes } from './outcomes/demand.ts'

useTestDatabase()

demandOutcomes(KINDS.filter(isPushed))
