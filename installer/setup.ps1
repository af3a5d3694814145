# What run.ps1, test.ps1 have in common: from a bare Windows machine to a ready .venv.
#
# The Windows twin of setup.sh, for Windows PowerShell 5.1 and later; dot-sourced, never
# run. Each step looks first and does nothing when nothing is missing. All it makes lies
# in the checkout (.venv, *.egg-info).

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$Checkout = Split-Path -Parent $PSScriptRoot
$Venv = Join-Path $Checkout '.venv'
$Bin = Join-Path $Venv 'Scripts'
$Python = Join-Path $Bin 'python.exe'
$Uv = Join-Path $Bin 'uv.exe'
$Tools = Join-Path $PSScriptRoot 'requirements-tools.txt'

# uv keeps what it downloads in .venv, uses the Python it is given and trusts the
# certificates the office trusts.
$env:UV_CACHE_DIR = Join-Path $Venv 'cache'
$env:UV_PYTHON_DOWNLOADS = 'never'
$env:UV_SYSTEM_CERTS = 'true'

# Say what went wrong and what to do about it, one line an argument, and stop.
function Stop-SetUp {
    Write-Host ''
    foreach ($line in $args) { Write-Host $line }
    exit 1
}

# Run a program; true when it succeeded. Its output goes straight to the screen.
function Test-Command([string] $Program, [string[]] $Arguments) {
    # A program that writes to its error stream has not failed.
    $ErrorActionPreference = 'Continue'
    & $Program @Arguments | Out-Host
    return ($LASTEXITCODE -eq 0)
}

# --- the system ----------------------------------------------------------------------

# The path of the first Python that will do; nothing when there is none.
function Find-Python {
    $ErrorActionPreference = 'Continue'
    $question = 'import sys; ' +
        'sys.exit(1) if not (3, 11) <= sys.version_info[:2] <= (3, 14) else 0; ' +
        'print(sys._base_executable)'
    foreach ($version in '-3.13', '-3.12', '-3.11', '-3.14') {
        if (Get-Command 'py' -ErrorAction SilentlyContinue) {
            $path = & py $version -c $question 2>$null
            if ($LASTEXITCODE -eq 0) { return $path }
        }
    }
    foreach ($name in 'python', 'python3') {
        if (Get-Command $name -ErrorAction SilentlyContinue) {
            $path = & $name -c $question 2>$null
            if ($LASTEXITCODE -eq 0) { return $path }
        }
    }
}

# --- the Python environment ----------------------------------------------------------

# What the environment was made from: a change of any of it means making it anew.
function Get-EnvironmentStamp {
    $ErrorActionPreference = 'Continue'
    $question = 'import sys; print(sys.version_info[:2], sys.prefix)'
    $version = & $Python -c $question 2>$null
    return "$version $((Get-FileHash $Tools).Hash)"
}

function Test-Environment {
    $made = Join-Path $Venv 'made'
    if (-not ((Test-Path $Python) -and (Test-Path $made))) { return $false }
    return ("$(Get-Content $made)" -eq (Get-EnvironmentStamp))
}

# Make .venv with uv in it, unless it is there and whole.
function Initialize-Environment {
    if (Test-Environment) { return }
    $found = Find-Python
    if (-not $found) {
        Stop-SetUp `
            'Provider Desk needs Python 3.11, 3.12, 3.13 or 3.14; there is none here.' `
            'Install it from python.org, or run: winget install Python.Python.3.13' `
            'Then open a new window and start again.'
    }
    if (Test-Path $Venv) {
        Write-Host 'The .venv here is unfinished, outdated or from elsewhere: making it anew.'
        Remove-Item -Recurse -Force $Venv
    }
    Write-Host "Making the Python environment in .venv ($found)."
    if (-not (Test-Command $found @('-m', 'venv', $Venv))) {
        Stop-SetUp `
            'Python could not make the environment in .venv; it says why above.' `
            'Repair or reinstall Python and start again.'
    }
    $arguments = @('-m', 'pip', '--disable-pip-version-check', 'install', '--quiet',
        '--no-cache-dir', '--require-hashes', '--only-binary', ':all:', '-r', $Tools)
    if (-not (Test-Command $Python $arguments)) {
        Stop-SetUp `
            'uv, which installs the Python packages, could not be installed itself.' `
            'Check that this computer is online and start again.'
    }
    Set-Content -Path (Join-Path $Venv 'made') -Value (Get-EnvironmentStamp)
}

# What decides which packages belong in .venv.
function Get-RequirementsStamp {
    $files = @(Get-ChildItem (Join-Path $PSScriptRoot 'requirements*.txt') |
            Sort-Object Name | ForEach-Object { $_.FullName })
    $files += Join-Path $Checkout 'pyproject.toml'
    return (@($files | ForEach-Object { (Get-FileHash $_).Hash }) -join '-')
}

# Bring .venv to one of the locked sets: run, dev (run and more) or bench (dev and
# more). A larger set already there will do.
function Install-Requirements([string] $Wanted) {
    $order = @('run', 'dev', 'bench')
    $stamp = Get-RequirementsStamp
    $record = Join-Path $Venv 'installed'
    if (Test-Path $record) {
        $have, $haveStamp = "$(Get-Content $record)" -split ' '
        if (($haveStamp -eq $stamp) -and
            ($order.IndexOf($have) -ge $order.IndexOf($Wanted))) { return }
        Remove-Item -Force $record
    }
    $names = @{
        run   = 'requirements.txt'
        dev   = 'requirements-dev.txt'
        bench = 'requirements-bench.txt'
    }
    $locked = Join-Path $PSScriptRoot $names[$Wanted]
    Write-Host "Installing the Python packages locked in installer/$($names[$Wanted])."
    $arguments = @('--quiet', 'pip', 'sync', '--python', $Python, '--require-hashes',
        '--only-binary', ':all:', $locked, $Tools)
    if (-not (Test-Command $Uv $arguments)) {
        Stop-SetUp 'The Python packages could not be installed; uv says why above.' `
            'Check that this computer is online and has 1 GB free, and start again:' `
            'what has been downloaded is kept.' `
            'README.md says for which systems the packages are made.'
    }
    $arguments = @('--quiet', 'pip', 'install', '--python', $Python, '--no-deps',
        '--no-build-isolation', '--editable', $Checkout)
    if (-not (Test-Command $Uv $arguments)) {
        Stop-SetUp `
            'Provider Desk itself could not be put into .venv; uv says why above.' `
            'Remove the .venv folder and start again.'
    }
    Set-Content -Path $record -Value "$Wanted $stamp"
}

# All of it. Argument: the set of Python packages.
function Initialize-ProviderDesk([string] $Wanted) {
    Initialize-Environment
    Install-Requirements $Wanted
}
