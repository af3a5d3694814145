# Set up what is missing, then open Provider Desk on a demo desk with invented people.
# The Windows twin of run.
#
#   powershell -ExecutionPolicy Bypass -File installer\run.ps1
#   powershell -ExecutionPolicy Bypass -File installer\run.ps1 ARGS
#       runs provider-desk ARGS instead

. (Join-Path $PSScriptRoot 'setup.ps1')

Initialize-ProviderDesk 'run'

$ErrorActionPreference = 'Continue'
if ($args.Count -gt 0) {
    & $Python -m provider_desk @args
    exit $LASTEXITCODE
}
Set-Location $Checkout
Write-Host 'Opening Provider Desk on the demo desk.'
& $Python -m provider_desk demo --data ./demo-desk
exit $LASTEXITCODE
