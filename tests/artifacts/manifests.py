"""Checks manifests: Kubernetes against its own schemas, and what no schema says against each other.

Reads the names of files, prints one fault a line, and ends with 0 whatever it found.
"""

import json
import re
import sys

import kubernetes_validate
import yaml

VERSION = "1.34"
NAME = re.compile(r"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$")
QUANTITY = re.compile(r"^[0-9]+(\.[0-9]+)?(m|Ki|Mi|Gi|k|M|G)?$")
FARGATE = {"256": (512, 2048), "512": (1024, 4096), "1024": (2048, 8192), "2048": (4096, 16384)}


class Strict(yaml.SafeLoader):
    """Refuses keys that stand twice."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.YAMLError(f"the key {key} stands twice")
        return super().construct_mapping(node, deep)


def containers(pod):
    """The faults of the containers of a pod or a revision."""
    for container in pod.get("containers", []):
        if ":" not in container.get("image", "") or container["image"].endswith(":latest"):
            yield f"the image {container.get('image')} has no version"
        names = [entry["name"] for entry in container.get("env", [])]
        if len(names) != len(set(names)):
            yield "a variable stands twice in env"
        resources = container.get("resources", {})
        for part in ("requests", "limits"):
            for key, value in resources.get(part, {}).items():
                if not QUANTITY.match(str(value)):
                    yield f"{part}.{key} is no quantity: {value}"
        if "memory" not in resources.get("limits", {}) and "memory" not in resources:
            yield f"{container.get('name')} has no limit of memory"
        mounts = {mount["name"] for mount in container.get("volumeMounts", [])}
        volumes = {volume["name"] for volume in pod.get("volumes", [])}
        if not mounts <= volumes:
            yield f"{container.get('name')} mounts what is no volume: {mounts - volumes}"


def kubernetes(documents):
    """The faults of a set of Kubernetes objects."""
    by_kind = {}
    for document in documents:
        kind, name = document["kind"], document["metadata"]["name"]
        if not NAME.match(name):
            yield f"{kind} {name}: the name is no DNS label"
        if (kind, name) in by_kind:
            yield f"{kind} {name} stands twice"
        by_kind[kind, name] = document
        try:
            kubernetes_validate.validate(document, VERSION, strict=True)
        except Exception as error:  # A version without this kind is an error of its own class.
            yield f"{kind} {name}: {str(error).splitlines()[0]}"
    workloads = [document for (kind, _), document in by_kind.items() if kind == "Deployment"]
    labels = [workload["spec"]["template"]["metadata"]["labels"] for workload in workloads]

    def selects(selector):
        return any(selector.items() <= have.items() for have in labels)

    for workload in workloads:
        spec = workload["spec"]
        if not spec["selector"]["matchLabels"].items() <= spec["template"]["metadata"]["labels"].items():
            yield f"Deployment {workload['metadata']['name']}: its selector misses its pods"
        pod = spec["template"]["spec"]
        yield from containers(pod)
        account = pod.get("serviceAccountName")
        if account and ("ServiceAccount", account) not in by_kind:
            yield f"no ServiceAccount {account}"
        for container in pod["containers"]:
            ports = {port.get("name") for port in container.get("ports", [])}
            for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
                port = container.get(probe, {}).get("httpGet", {}).get("port")
                if isinstance(port, str) and port not in ports:
                    yield f"{probe} of {container['name']} asks the unknown port {port}"
    for (kind, name), document in by_kind.items():
        spec = document.get("spec", {})
        if kind == "Service":
            if not selects(spec["selector"]):
                yield f"Service {name} selects nothing"
        if kind == "HorizontalPodAutoscaler":
            target = spec["scaleTargetRef"]
            scaled = by_kind.get((target["kind"], target["name"]))
            if scaled is None:
                yield f"HorizontalPodAutoscaler {name} scales nothing"
            elif "replicas" in scaled["spec"]:
                yield f"Deployment {target['name']} fixes the replicas that {name} scales"
            if not 0 < spec["minReplicas"] <= spec["maxReplicas"]:
                yield f"HorizontalPodAutoscaler {name}: {spec['minReplicas']} to {spec['maxReplicas']}"
        if kind == "PodDisruptionBudget" and not selects(spec["selector"]["matchLabels"]):
            yield f"PodDisruptionBudget {name} selects nothing"
        if kind == "Ingress":
            for rule in spec["rules"]:
                for path in rule["http"]["paths"]:
                    service = path["backend"]["service"]
                    known = by_kind.get(("Service", service["name"]), {}).get("spec", {}).get("ports", [])
                    port = service["port"].get("name", service["port"].get("number"))
                    if port not in [entry.get("name") for entry in known] + [entry["port"] for entry in known]:
                        yield f"Ingress {name} leads to the unknown port {port} of {service['name']}"


def knative(documents):
    """The faults of a service of a managed container platform, which reads no more than one from a file."""
    if len(documents) != 1:
        yield f"{len(documents)} services in one file"
    for document in documents:
        if document["kind"] != "Service" or not NAME.match(document["metadata"]["name"]):
            yield "no service with a DNS label for a name"
        template = document["spec"]["template"]
        scale = template["metadata"]["annotations"]
        least, most = (int(scale[f"autoscaling.knative.dev/{end}-scale"]) for end in ("min", "max"))
        if not 0 < least <= most:
            yield f"{least} to {most} instances"
        if len(template["spec"]["containers"]) != 1:
            yield "one container is wanted"
        yield from containers(template["spec"])


def fargate(task):
    """The faults of a task definition."""
    least, most = FARGATE.get(task["cpu"], (0, 0))
    if not least <= int(task["memory"]) <= most:
        yield f"{task['cpu']} units of CPU do not go with {task['memory']} MiB"
    if not task["containerDefinitions"]:
        yield "no container"
    for container in task["containerDefinitions"]:
        if container["stopTimeout"] > 120:
            yield "stopTimeout is at most 120"


def container_app(document):
    """The faults of an Azure Container App."""
    template = document["properties"]["template"]
    for container in template["containers"]:
        cpu, memory = float(container["resources"]["cpu"]), str(container["resources"]["memory"])
        if memory != f"{cpu * 2:g}Gi":
            yield f"{cpu:g} vCPU go with {cpu * 2:g}Gi, not with {memory}"
    scale = template["scale"]
    if not 0 < scale["minReplicas"] <= scale["maxReplicas"]:
        yield f"{scale['minReplicas']} to {scale['maxReplicas']} replicas"


def unit(text):
    """The faults of a systemd unit."""
    for section in ("[Unit]", "[Service]", "[Install]"):
        if section not in text.splitlines():
            yield f"no section {section}"
    for line in text.splitlines():
        if line and not line.startswith("[") and not re.match(r"^[A-Z][A-Za-z]+=\S", line):
            yield f"no setting: {line}"


def faults(path):
    """The faults of a file, by its name."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    name = path.rsplit("/", 1)[-1]
    if name.endswith(".service"):
        yield from unit(text)
        return
    if name.endswith(".json"):
        yield from fargate(json.loads(text))
        return
    documents = list(yaml.load_all(text, Strict))
    if name == "kubernetes.yaml":
        yield from kubernetes(documents)
    elif name == "container-app.yaml" or name == "worker.yaml" and "kind" not in documents[0]:
        yield from container_app(documents[0])
    elif name in ("service.yaml", "worker.yaml"):
        yield from knative(documents)


for path in sys.stdin.read().splitlines():
    try:
        for fault in faults(path):
            print(f"{path}: {fault}")
    except Exception as error:
        print(f"{path}: {type(error).__name__}: {' '.join(str(error).split())}")
