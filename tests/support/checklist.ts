/** How the small checklists of tests go on from their command: a step, verify, rollback, and the slots of Developer and Security. */
export const FROM_ROLL_OUT = `\`\`\`bash
# Roll out
kubectl rollout restart deployment/web
\`\`\`

## Post-Deployment
- [ ] Application loads

## Rollback

### Rollback Steps
\`\`\`bash
# Undo
kubectl rollout undo deployment/web
\`\`\`

### Post-Rollback
- [ ] Notify stakeholders

## Sign-Off

| Role | Name | Date | Signature |
|------|------|------|-----------|
| Developer | | | |
| Security | | | | <!-- slot: Security scope="Security" -->
`
