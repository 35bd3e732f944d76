#include "engine/correlation/form.hpp"

#include "engine/event/value.hpp"

namespace picket {
namespace {

void add(std::string& form, std::string_view part) { form.append(1, '|').append(part); }
void add_number(std::string& form, std::int64_t number) { add(form, std::to_string(number)); }
void add_count(std::string& form, std::optional<std::size_t> count) {
  add(form, count ? std::to_string(*count) : std::string("none"));
}

void add_fields(std::string& form, const std::vector<FieldChoice>& fields) {
  for (const FieldChoice& field : fields) {
    for (std::size_t i = 0; i < field.size(); ++i) form += (i == 0 ? "|" : "/") + print_path(field[i]);
  }
}

void add_requirement(std::string& form, const Requirement& requirement) {
  add_number(form, static_cast<std::int64_t>(requirement.kind));
  add_count(form, requirement.item);
  form += '(';
  for (const Requirement& part : requirement.parts) add_requirement(form, part);
  form += ')';
}

void add_measure(std::string& form, const Measure& measure) {
  add_number(form, static_cast<std::int64_t>(measure.kind));
  add(form, to_json(Value::from_double(measure.percentile)));
  for (const MeasureBound& bound : measure.bounds) {
    add_number(form, static_cast<std::int64_t>(bound.relation));
    add(form, to_json(Value::from_double(bound.number)));
  }
}

}  // namespace

std::string form_of(const CheckedCorrelation& correlation) {
  std::string form = correlation.ordered ? "sequence" : "group";
  for (const CheckedCorrelation::Item& item : correlation.items) {
    for (const SignalSource& source : item.sources) {
      add(form, source.rule);
      add_fields(form, source.fields);
      if (source.measured.empty()) continue;
      add(form, item.distinct ? "distinct" : "numbers");
      add_fields(form, source.measured);
    }
    if (item.absence) add(form, "absence");
  }
  return form;
}

std::string whole_form_of(const CheckedCorrelation& correlation) {
  std::string form = form_of(correlation);
  for (const CheckedCorrelation::Item& item : correlation.items) {
    add_count(form, item.sources.size());
    add_count(form, item.least);
    add_count(form, item.too_many);
    add_count(form, item.enough);
    add_number(form, item.within.microseconds);
  }
  add_count(form, correlation.needed);
  if (correlation.requirement) add_requirement(form, *correlation.requirement);
  if (correlation.measure) add_measure(form, *correlation.measure);
  add_number(form, correlation.lookback.microseconds);
  add_count(form, correlation.columns);
  for (const std::string& name : correlation.column_names) add(form, name);
  if (correlation.as_texts) add(form, "texts");
  return form;
}

}  // namespace picket
