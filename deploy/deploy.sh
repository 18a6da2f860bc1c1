#!/usr/bin/env bash
# Deploys Afterbay for one source table: see README.md beside this.
set -euo pipefail

usage() {
  cat <<'END'
deploy.sh --application NAME --table TABLE --vpc VPC --subnets A,B --route-tables A,B [options]

  --config DIR          folder with the afterbay.yaml that goes into the image (deploy/config)
  --region REGION       AWS_REGION, if that is set
  --email ADDRESS       who gets the alarms
  --arm                 on Graviton: a fifth cheaper
  --tag TAG             of the image (the commit, and the time if something is not committed)
  --parameter KEY=VALUE of pipeline.yaml; may be repeated
  --dry-run             prints what would be done

The stacks are NAME-image, NAME-pipeline, NAME-alarms and NAME-dashboard, all prefixed afterbay-.
END
}

die() {
  echo "deploy.sh: $*" >&2
  exit 2
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
application='' table='' vpc='' subnets='' routes='' email='' tag='' dry=''
config=$root/deploy/config
region=${AWS_REGION:-}
architecture=amd64
extra=()
while [ $# -gt 0 ]; do
  case $1 in
    --help | -h) usage && exit 0 ;;
    --dry-run) dry=yes && shift && continue ;;
    --arm) architecture=arm64 && extra+=("CpuArchitecture=ARM64") && shift && continue ;;
  esac
  [ $# -ge 2 ] || die "$1 needs a value, or is not known; --help shows what there is"
  case $1 in
    --application) application=$2 ;;
    --table) table=$2 ;;
    --vpc) vpc=$2 ;;
    --subnets) subnets=$2 ;;
    --route-tables) routes=$2 ;;
    --config) config=$2 ;;
    --region) region=$2 ;;
    --email) email=$2 ;;
    --tag) tag=$2 ;;
    --parameter) extra+=("$2") ;;
    *) die "$1 is not known; --help shows what there is" ;;
  esac
  shift 2
done
for needed in application table vpc subnets routes region; do
  [ -n "${!needed}" ] || die "--${needed/routes/route-tables} is missing; --help shows what there is"
done
[ -f "$config/afterbay.yaml" ] || die "$config holds no afterbay.yaml; --config names a folder that does"
config=$(cd "$config" && pwd)
if [ -z "$tag" ]; then
  tag=$(git -C "$root" rev-parse --short=12 HEAD)
  [ -z "$(git -C "$root" status --porcelain)" ] || tag=$tag-$(date -u +%Y%m%d%H%M%S)
fi
prefix=afterbay-$application
database=$(printf %s "$application" | tr - _)

# Prints what is done, and does it unless this is a rehearsal.
run() {
  echo "+ $*" >&2
  [ -n "$dry" ] || "$@"
}

# One output of a stack; in a rehearsal its name.
output() {
  if [ -n "$dry" ]; then
    echo "<$1.$2>"
  else
    aws cloudformation describe-stacks --region "$region" --stack-name "$prefix-$1" \
      --query "Stacks[0].Outputs[?OutputKey=='$2'].OutputValue" --output text
  fi
}

# A stack from its template; no change is no failure.
stack() {
  local name=$1
  shift
  run aws cloudformation deploy --region "$region" --stack-name "$prefix-$name" \
    --template-file "$root/deploy/$name.yaml" --capabilities CAPABILITY_NAMED_IAM \
    --no-fail-on-empty-changeset --tags "afterbay:application=$application" \
    --parameter-overrides "$@"
}

doctor() {
  run env AWS_REGION="$region" AFTERBAY_APPLICATION="$application" AFTERBAY_TABLE="$table" \
    AFTERBAY_BUCKET="$(output pipeline LakeBucketName)" AFTERBAY_DATABASE="$database" \
    AFTERBAY_WORKGROUP="$(output pipeline WorkgroupName)" \
    "$root/afterbay" doctor --config "$config/afterbay.yaml"
}

exists() {
  [ -n "$dry" ] || aws cloudformation describe-stacks --region "$region" --stack-name "$prefix-$1" \
    >/dev/null 2>&1
}

# What is wrong is told before anything is changed; at the first time there is nothing yet to look at.
before=''
if exists pipeline; then
  doctor
  before=done
fi

stack image "Application=$application"
repository=$(output image RepositoryUri)
echo "+ ./mvnw -Dquick -Ppush-image package -> $repository:$tag" >&2
if [ -z "$dry" ]; then
  # By the environment, so that no list of processes shows the password.
  IMAGE_REGISTRY_USER=AWS IMAGE_REGISTRY_PASSWORD=$(aws ecr get-login-password --region "$region") \
    "$root/mvnw" -q -Dquick -Ppush-image -f "$root/pom.xml" -pl consumer -am package \
    "-Dimage.to=$repository:$tag" "-Dimage.config=$config" "-Dimage.architecture=$architecture"
fi

stack pipeline "Application=$application" "SourceTable=$table" "Database=$database" \
  "ImageUri=$repository:$tag" "RepositoryName=$(output image RepositoryName)" "VpcId=$vpc" \
  "SubnetIds=$subnets" "RouteTableIds=$routes" ${extra[@]+"${extra[@]}"}

watched=("Application=$application" "SourceTable=$table" "LeaseTable=$(output pipeline LeaseTableName)"
  "ClusterName=$(output pipeline ClusterName)" "ServiceName=$(output pipeline ServiceName)")
stack alarms "${watched[@]}" "Email=$email"
stack dashboard "${watched[@]}" "LogGroupName=$(output pipeline LogGroupName)"

[ -n "$before" ] || doctor
echo "Deployed $repository:$tag" >&2
