"""Trains a model: `python -m bot.understanding.learn FOLDER NAME` writes FOLDER/NAME.tar.gz.

What `rasa train` does without its checks of stories and its thousands of warnings about examples
without a response: our texts live in the app. The checks that matter are tests of ours.
"""

from __future__ import annotations

import logging
import sys
import warnings

from bot.understanding.lean import leave_out_tensorflow

TRAINED_ON = ["nlu/faq", "nlu/requests", "nlu/moves", "nlu/inform.yml", "nlu/out_of_scope.yml"]

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    leave_out_tensorflow()
    from rasa.model_training import train

    folder, name = sys.argv[1:3]
    result = train(
        domain="domain.yml",
        config="config.yml",
        training_files=[*TRAINED_ON, "stories"],
        output=folder,
        fixed_model_name=name,
        force_training=True,
    )
    sys.exit(result.code)
