# Set up what is missing, then check everything: style, types, contracts, tests.
# The Windows twin of test.
#
#   powershell -ExecutionPolicy Bypass -File installer\test.ps1 [ARGS for pytest]
#   powershell -ExecutionPolicy Bypass -File installer\test.ps1 --bench [ARGS]
#   powershell -ExecutionPolicy Bypass -File installer\test.ps1 --faults [MINUTES] [ARGS]
#
# Every check runs, whatever came before; the status says whether all passed. pytest is
# the last to run, so that its closing line is the last line.

. (Join-Path $PSScriptRoot 'setup.ps1')

$env:QT_QPA_PLATFORM = 'offscreen'

if (($args.Count -gt 0) -and ($args[0] -eq '--bench')) {
    Initialize-ProviderDesk 'bench'
    $ErrorActionPreference = 'Continue'
    Set-Location $Checkout
    $rest = @($args | Select-Object -Skip 1)
    Write-Host '== benchmarks'
    & $Python -m tests.bench @rest
    exit $LASTEXITCODE
}

if (($args.Count -gt 0) -and ($args[0] -eq '--faults')) {
    Initialize-ProviderDesk 'dev'
    $ErrorActionPreference = 'Continue'
    Set-Location $Checkout
    $minutes = '10'
    $rest = @($args | Select-Object -Skip 1)
    if (($rest.Count -gt 0) -and ($rest[0] -match '^[0-9]')) {
        $minutes = $rest[0]
        $rest = @($rest | Select-Object -Skip 1)
    }
    Write-Host '== fault drills'
    & $Python -m tests.faults --minutes $minutes @rest
    exit $LASTEXITCODE
}

$failed = @()

# Run one check and remember it if it fails.
function Invoke-Check([string] $Name, [string] $Program, [string[]] $Arguments) {
    Write-Host "== $Name"
    if (-not (Test-Command (Join-Path $Bin $Program) $Arguments)) {
        $script:failed += $Name
    }
}

Initialize-ProviderDesk 'dev'
$ErrorActionPreference = 'Continue'
Set-Location $Checkout

Invoke-Check 'ruff check' 'ruff.exe' @('check', '.')
Invoke-Check 'ruff format' 'ruff.exe' @('format', '--check', '.')
Invoke-Check 'mypy' 'mypy.exe' `
    @('--strict', '--explicit-package-bases', 'provider_desk', 'tests')
Invoke-Check 'lint-imports' 'lint-imports.exe' @()
if ($failed.Count -gt 0) {
    Write-Host "Failed before the tests: $($failed -join ', ')."
}

Write-Host '== pytest'
& $Python -m pytest -n auto @args
$status = $LASTEXITCODE
if (($status -eq 0) -and ($failed.Count -gt 0)) { $status = 1 }
exit $status
