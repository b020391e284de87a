"""Corrects four behaviours of MiniStack 1.5.33 that differ from AWS. Without them, it refuses what AWS accepts.

Each correction fails if MiniStack does not need it any more. Remove it then.
"""

import json

from ministack.core import iam_actions
from ministack.services import dynamodb
from ministack.services.cloudformation import provisioners

LEADING_KEYS = "dynamodb:LeadingKeys"


def apply():
    add_leading_keys()
    return_arns_of_secrets()
    name_actions_of_batches()
    accept_alarms_on_expressions()


def add_leading_keys():
    """Adds the condition key dynamodb:LeadingKeys, with which our policies limit a function to the keys of its provider."""
    find_other_keys = iam_actions.dynamodb_service_context

    def find_condition_keys(body):
        context = find_other_keys(body)
        if LEADING_KEYS in context:
            raise RuntimeError("MiniStack knows dynamodb:LeadingKeys: remove add_leading_keys")
        request = json.loads(body or b"{}")
        key = request.get("Key") or request.get("Item") or {}
        name = partition_key_of(request.get("TableName"))
        if name in key:
            context[LEADING_KEYS] = list(key[name].values())
        return context

    iam_actions.dynamodb_service_context = find_condition_keys


def partition_key_of(table):
    schema = (dynamodb._tables.get(table) or {}).get("KeySchema", [])
    return next((key["AttributeName"] for key in schema if key["KeyType"] == "HASH"), None)


def return_arns_of_secrets():
    """Lets `Ref` of a secret in a template return its ARN, as CloudFormation does. MiniStack returns its name."""
    secret = provisioners._RESOURCE_HANDLERS["AWS::SecretsManager::Secret"]
    create_named = secret["create"]

    def create(*args, **kwargs):
        reference, attributes = create_named(*args, **kwargs)
        if reference == attributes["Arn"]:
            raise RuntimeError("MiniStack returns ARNs of secrets: remove return_arns_of_secrets")
        return attributes["Arn"], attributes

    secret["create"] = create


def name_actions_of_batches():
    """Lets sqs:SendMessage allow SendMessageBatch, as IAM does: no action has the name of a batch."""
    extract = iam_actions.extract_iam_action

    def extract_iam_action(*args, **kwargs):
        action = extract(*args, **kwargs)
        return action.removesuffix("Batch") if action and action.startswith("sqs:") else action

    iam_actions.extract_iam_action = extract_iam_action


def accept_alarms_on_expressions():
    """Accepts an alarm on an expression of metrics. MiniStack refuses it, so it gets an alarm on the first metric instead."""
    make_record = provisioners._cw_metric_alarm_record

    def make_record_of_first_metric(name, properties):
        metrics = properties.get("Metrics")
        if not metrics:
            return make_record(name, properties)
        try:
            make_record(name, properties)
        except ValueError:
            statistic = next(metric["MetricStat"] for metric in metrics if "MetricStat" in metric)
            others = {key: value for key, value in properties.items() if key != "Metrics"}
            return make_record(name, {**others, **statistic["Metric"]})
        raise RuntimeError("MiniStack knows alarms on expressions: remove accept_alarms_on_expressions")

    provisioners._cw_metric_alarm_record = make_record_of_first_metric
